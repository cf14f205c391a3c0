/** Entry point of a pool's worker process. */
import {executeTask} from './execute-task.ts';
import {startNumerics} from './numerics.ts';
import type {WorkerMessage, WorkerPayload} from './process-pool.ts';
import {openSvhn} from './svhn-source.ts';
import type {JobResult} from './task.ts';

// Ctrl-C reaches every process of the terminal; the runner decides what ends. Without a runner there is nothing to do.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
// The command's one document on standard output must not be mixed with what a backend may print.
process.stdout.write = process.stderr.write.bind(process.stderr);

export async function work({task, numerics, place, svhn}: WorkerPayload): Promise<JobResult[]> {
  if (svhn) await openSvhn(svhn);
  const backend = await startNumerics(numerics);
  const tell = (message: WorkerMessage): void => void process.send?.(message);
  return executeTask(task, backend, {
    ...(place && {work: place}),
    onProgress: (progress) => tell({progress}),
    onNote: (note) => tell({note}),
  });
}
