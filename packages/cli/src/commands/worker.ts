import {availableParallelism} from 'node:os';
import {type Task, checkNumerics, jobName, openDataSources} from '@minefield/experiments';
import type {QueueWorkerEvent} from '@minefield/queue';
import {machineName, openStore} from '@minefield/results/node';
import {Command} from 'commander';
import {backendOption} from '../backend-option.ts';
import {type DataFlags, allowUnofficialOption, dataFilesOf, dataOption} from '../data-options.ts';
import {withoutOrigin} from '../describe-error.ts';
import {exitCodes} from '../exit-codes.ts';
import {loadQueue} from '../load-queue.ts';
import {interruptible} from '../interruption.ts';
import {machineOption, nameMachine} from '../machine.ts';
import {wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {queueOption, queueUrl} from '../queue-option.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface WorkerFlags extends DataFlags {
  readonly queue?: string | true;
  readonly backend: string;
  readonly workers: number;
  readonly store?: string;
  readonly lock: number;
  readonly snapshots: number;
  readonly machine?: string;
}

export function workerCommand(io: Terminal, finish: Finish): Command {
  return new Command('worker')
    .description('take jobs of sweeps from a queue until Ctrl-C, which hands those in work back')
    .addOption(queueOption('where the jobs are'))
    .addOption(backendOption())
    .option('--workers <n>', 'worker processes', wholeNumber(1, 9999), availableParallelism())
    .option(
      '--store <folder>',
      'the --out folder of a sweep that is run with --shared, as this machine sees it',
    )
    .option(
      '--lock <seconds>',
      'after so long without a sign of life, a worker’s jobs are given to others',
      wholeNumber(1, 3600),
      30,
    )
    .option(
      '--snapshots <seconds>',
      'time between two snapshots of a training, from which it goes on after a break',
      wholeNumber(0, 3600),
      5,
    )
    .addOption(dataOption())
    .addOption(allowUnofficialOption())
    .addOption(machineOption())
    .action(async (flags: WorkerFlags) => {
      const url = queueUrl(flags.queue);
      await nameMachine(flags.machine);
      await checkNumerics(flags.backend);
      const {describeUrl, queueWorkerPool, runQueueWorker} = await loadQueue();
      const files = dataFilesOf(flags);
      const sources = await openDataSources(files);
      const numerics = flags.backend;
      const executor = queueWorkerPool({workers: flags.workers, numerics, files});
      try {
        await interruptible(
          io,
          (signal) =>
            runQueueWorker({
              url,
              executor,
              numerics,
              sources,
              machine: machineName(),
              ...(flags.store !== undefined && {shared: openStore(flags.store)}),
              lockSeconds: flags.lock,
              snapshotSeconds: flags.snapshots,
              signal,
              onEvent: workerView(io, describeUrl(url)),
            }),
          'stopping; jobs in work go back to the queue',
        );
      } finally {
        await executor.close();
      }
      finish(exitCodes.done);
    });
}

/** A line on standard error for everything that happens, as logs want it. */
function workerView(io: Terminal, place: string): (event: QueueWorkerEvent) => void {
  let trouble = '';
  return (event) => {
    switch (event.type) {
      case 'ready':
        io.note(`${event.workers} ${event.workers === 1 ? 'worker' : 'workers'} at ${place}`);
        return;
      case 'taken':
      case 'done':
        io.note(`${event.type}: ${taskName(event.task)}`);
        return;
      case 'handed-back':
        io.note(`handed back: ${taskName(event.task)}`);
        return;
      case 'given-away':
        io.note(`${io.style('yellow', 'given to another worker:')} ${taskName(event.task)}`);
        return;
      case 'failed':
        io.note(`${io.style('red', 'failed:')} ${withoutOrigin(event.error)}`);
        return;
      case 'notice':
        io.note(`${io.style('yellow', 'queue:')} ${event.text}`);
        return;
      case 'note':
        io.note(`${taskName(event.task)} ${event.note.text}`);
        return;
      case 'trouble':
        // A break of the connection is told once, not with every attempt to mend it.
        if (event.error !== trouble) io.note(`${io.style('yellow', 'queue:')} ${event.error}`);
        trouble = event.error;
    }
  };
}

function taskName(task: Task): string {
  if (task.kind === 'analyze') return jobName(task.job);
  const [first, ...others] = task.jobs;
  if (first === undefined) return 'nothing';
  return others.length === 0 ? jobName(first) : `${jobName(first)}, and ${others.length} more beside it`;
}
