import {type SweepStatus, plainJobName} from '@minefield/experiments';
import type {QueueStatus} from '@minefield/queue';
import {shortIdentity} from '@minefield/results';
import {withoutOrigin} from '../describe-error.ts';
import {duration} from './duration.ts';
import type {Terminal} from './terminal.ts';

/** Lines of one kind that are shown; a sweep can fail as often as it has jobs. */
const MOST = 20;

/** The state of experiments and of a queue, for a person. */
export function statusLines(
  {experiments, queue}: {readonly experiments: readonly SweepStatus[]; readonly queue: QueueStatus | null},
  io: Terminal,
): string[] {
  const running = new Map((queue?.running ?? []).map(({identity, fraction}) => [identity, fraction]));
  return [
    ...experiments.flatMap((status) => experimentLines(status, io)),
    ...queueLines(queue, running.size),
  ];
}

function experimentLines(status: SweepStatus, io: Terminal): string[] {
  const {experiment, profile, jobs, done, nothingToMeasure, running, failed, begun, sweeps} = status;
  const counts = [
    `${done} of ${jobs} jobs done`,
    ...(nothingToMeasure > 0 ? [`${nothingToMeasure} with nothing to measure`] : []),
    ...(running.length > 0 ? [`${running.length} running`] : []),
    ...(failed.length > 0 ? [io.style('red', `${failed.length} failed`, 'out')] : []),
    ...(running.length === 0 && begun > 0 ? [`${begun} begun`] : []),
  ];
  return [
    `${io.style('bold', experiment, 'out')} (${profile}): ${counts.join(', ')}; ${sweepText(status)}`,
    ...capped(running.map(({job, fraction}) => `  ${percent(fraction)}  ${plainJobName(job)}`)),
    ...capped(
      failed.map(
        ({job, error}) => `  ${io.style('red', 'failed', 'out')} ${plainJobName(job)}: ${inOneLine(error)}`,
      ),
    ),
    ...(sweeps.length > 1 ? [`  ${sweeps.length} sweeps are running`] : []),
  ];
}

function sweepText(status: SweepStatus): string {
  const [sweep] = status.sweeps;
  if (sweep === undefined) return isComplete(status) ? 'complete' : 'no sweep is running here';
  const {fraction, secondsLeft} = sweep;
  return `${percent(fraction).trim()} of the work${secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`}`;
}

/** Whether all is done that can be. */
export function isComplete({jobs, done, nothingToMeasure}: SweepStatus): boolean {
  return done + nothingToMeasure === jobs;
}

function queueLines(queue: QueueStatus | null, running: number): string[] {
  if (queue === null) return [];
  const {workers, sweeps, waiting, delayed, active, failed, errors} = queue;
  const processes = workers.reduce((sum, peer) => sum + peer.workers, 0);
  const machines = Map.groupBy(workers, ({machine}) => machine);
  return [
    `queue: ${waiting + delayed} tasks waiting, ${active} active (${running} jobs), ${failed} failed; ` +
      `${processes} worker processes, ${sweeps} ${sweeps === 1 ? 'sweep' : 'sweeps'}`,
    ...capped(
      [...machines].map(
        ([machine, peers]) => `  ${machine}: ${peers.reduce((sum, peer) => sum + peer.workers, 0)} processes`,
      ),
    ),
    ...capped(errors.map(({identity, error}) => `  failed ${shortIdentity(identity)}: ${inOneLine(error)}`)),
  ];
}

/** What an error says; the stack of a bug is in the output of its sweep or worker, and in the document. */
function inOneLine(error: string): string {
  return withoutOrigin(error).replace(/\n.*/s, '');
}

function capped(lines: readonly string[]): string[] {
  return lines.length <= MOST ? [...lines] : [...lines.slice(0, MOST), `  and ${lines.length - MOST} more`];
}

function percent(fraction: number): string {
  return `${Math.floor(100 * fraction)}%`.padStart(4);
}
