import type {Provenance} from '@minefield/results';
import type {ExecuteOptions, WorkPlace} from './executor.ts';
import type {Numerics} from './numerics.ts';
import {openParts} from './parts/open-parts.ts';
import {partFolder} from './parts/part-folder.ts';
import {analyzeCheckpoint} from './steps/analyze-checkpoint.ts';
import type {StepContext} from './steps/step-context.ts';
import {trainRuns} from './steps/train-runs.ts';
import type {JobResult, Task} from './task.ts';

/**
 * Does a task in this process. Needs nothing but the task: neither a store nor the other jobs of the sweep.
 *
 * @throws whatever the step throws; the signal's reason when cancelled
 */
export async function executeTask(
  task: Task,
  numerics: Numerics,
  {work, onNote, ...options}: ExecuteOptions = {},
): Promise<JobResult[]> {
  const context: StepContext = {...options, ...(work && (await keeping(work, onNote)))};
  const witness = (startedAt: Date, wallSeconds: number): Provenance => ({
    ...numerics.provenance,
    createdAt: startedAt.toISOString(),
    wallSeconds: Number(wallSeconds.toFixed(3)),
  });
  if (task.kind === 'train') return trainRuns(task.jobs, witness, context);
  return [await analyzeCheckpoint(task, witness, context)];
}

async function keeping(
  place: WorkPlace,
  onNote: ExecuteOptions['onNote'],
): Promise<Pick<StepContext, 'partsOf' | 'snapshotSeconds'>> {
  const storage =
    'folder' in place
      ? partFolder(place.folder)
      : (await import('./queue/redis-parts.ts')).redisParts(place.redis);
  return {
    snapshotSeconds: place.snapshotSeconds,
    partsOf: (identity, basis = '') =>
      openParts(storage, identity, basis, (text) => onNote?.({identity, text})),
  };
}
