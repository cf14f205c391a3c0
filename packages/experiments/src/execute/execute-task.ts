import {analyzeCheckpoint} from '../analyses/analyze-checkpoint.ts';
import type {ProvenanceStamp, StepContext} from '../analyses/step-context.ts';
import {trainRuns} from '../analyses/train-runs.ts';
import type {JobResult, Task} from '../jobs/task.ts';
import type {DataSources} from '../materials/data-source.ts';
import {openParts} from '../resume/open-parts.ts';
import type {OpenStorage} from '../resume/part.ts';
import type {ExecuteOptions, WorkPlace} from './executor.ts';
import type {Numerics} from './numerics.ts';

/** What a process has to do tasks with. */
export interface Workshop {
  readonly numerics: Numerics;
  readonly sources: DataSources;
  readonly openStorage: OpenStorage;
}

/**
 * Does a task in this process. Needs nothing but the task: neither a store nor the other jobs of the sweep.
 *
 * @throws whatever the step throws; the signal's reason when cancelled
 */
export async function executeTask(
  task: Task,
  {numerics, sources, openStorage}: Workshop,
  {work, onNote, signal, onProgress}: ExecuteOptions = {},
): Promise<JobResult[]> {
  const context: StepContext = {signal, ...(onProgress && {onProgress}), ...(work && keeping(work))};
  const stamp: ProvenanceStamp = (startedAt, wallSeconds) => ({
    ...numerics.provenance,
    createdAt: startedAt.toISOString(),
    wallSeconds: Number(wallSeconds.toFixed(3)),
  });
  if (task.kind === 'train') return trainRuns(task.jobs, sources, stamp, context);
  return [await analyzeCheckpoint(task, sources, stamp, context)];

  function keeping(place: WorkPlace): Pick<StepContext, 'partsOf' | 'snapshotSeconds'> {
    const storage = openStorage(place.storage);
    return {
      snapshotSeconds: place.snapshotSeconds,
      partsOf: (identity, basis = '') =>
        openParts(storage, identity, basis, (text) => onNote?.({identity, text})),
    };
  }
}
