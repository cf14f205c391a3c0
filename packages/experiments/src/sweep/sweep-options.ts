import type {Store} from '@minefield/results/node';
import type {Executor} from '../execute/executor.ts';
import type {JobFilter} from '../jobs/select-jobs.ts';
import type {DataSources} from '../materials/data-source.ts';
import type {RunEvent} from './run-events.ts';

export interface RunExperimentOptions {
  readonly store: Store;
  readonly executor: Executor;
  /** `portable`, or the name of the backend that the executor's workers use. */
  readonly numerics: string;
  /** Where the data come from; the executor's workers have the same. */
  readonly sources: DataSources;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Most networks trained side by side in one worker. Default 8: more are hardly faster, and lost together. */
  readonly networks?: number | undefined;
  /** Jobs to do, with those that they read. Default: all. */
  readonly only?: JobFilter | undefined;
  /** Between two snapshots of a training, from which it goes on after a break. Default 5. */
  readonly snapshotSeconds?: number | undefined;
}
