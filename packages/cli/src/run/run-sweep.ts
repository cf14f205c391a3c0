import {
  type Executor,
  type RunSummary,
  checkNumerics,
  inlineExecutor,
  processPool,
  runExperiment,
} from '@minefield/experiments';
import {machineName} from '@minefield/results/node';
import {loadQueue} from '../load-queue.ts';
import {queueUrl} from '../queue-option.ts';
import {progressView} from '../terminal/progress-view.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {RunFlags} from './run-flags.ts';
import type {Sweep} from './sweep.ts';

/** Does the work, on this machine or by a queue, and tells of it on standard error. */
export async function runSweep(
  io: Terminal,
  sweep: Sweep,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<RunSummary> {
  await checkNumerics(sweep.numerics);
  const executor = await executorFor(io, sweep, flags);
  try {
    return await runExperiment(sweep.spec, {
      ...sweep,
      executor,
      networks: flags.networks ?? (flags.queue === undefined ? undefined : 4),
      snapshotSeconds: flags.snapshots,
      signal,
      onEvent: progressView(io),
    });
  } finally {
    await executor.close();
  }
}

async function executorFor(
  io: Terminal,
  {spec, store, numerics, files, sources}: Sweep,
  {workers, queue, shared}: RunFlags,
): Promise<Executor> {
  if (queue === undefined) {
    return workers === 0 ? inlineExecutor({numerics, sources}) : processPool({workers, numerics, files});
  }
  const {queueExecutor} = await loadQueue();
  return queueExecutor({
    url: queueUrl(queue),
    spec,
    numerics,
    sources,
    machine: machineName(),
    ...(shared && {shared: store}),
    onNotice: (text) => io.note(text),
  });
}
