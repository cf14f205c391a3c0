import {estimatedCost} from '../jobs/cost.ts';
import {expandSpec} from '../jobs/expand.ts';
import {type Inventory, inspectInventory, readsWhatIsThere} from './inventory.ts';
import {type Job, runRead} from '../jobs/job.ts';
import {selectJobs} from '../jobs/select-jobs.ts';
import type {ExperimentSpec} from '@minefield/spec';
import type {RunExperimentOptions} from './sweep-options.ts';

/** What a sweep would do. */
export interface Plan {
  /** Jobs asked for, those that they read included. */
  readonly jobs: number;
  /** Jobs whose records are there and would be kept. */
  readonly reused: number;
  /** Jobs that would be done, in order. An analysis whose run is made anew may turn out to be there already. */
  readonly missing: readonly PlannedJob[];
  /** About how long one core would work on them. */
  readonly seconds: number;
}

export type PlanOptions = Pick<RunExperimentOptions, 'store' | 'numerics' | 'sources' | 'only'>;

export interface PlannedJob {
  readonly job: Job;
  /** About how long one core works on it. */
  readonly seconds: number;
}

/**
 * What `runExperiment` would do with the same store; nothing is written or moved.
 *
 * @throws {StoreError} when the store cannot be read
 */
export async function planExperiment(
  spec: ExperimentSpec,
  {store, numerics, sources, only = () => true}: PlanOptions,
): Promise<Plan> {
  const jobs = selectJobs(expandSpec(spec, {numerics, sources}), only);
  const {found} = await inspectInventory(store, spec.experiment, jobs);
  const missing = jobs.filter((job) => {
    const record = found.get(job.identity);
    if (record === undefined) return !hangsOnDiverged(job, found);
    if (job.kind === 'run' || record.kind === 'run') return false;
    const run = found.get(runRead(job));
    const checkpoint = run?.kind === 'run' ? run.data.checkpoint?.sha256 : undefined;
    if (checkpoint !== undefined && readsWhatIsThere(record, job, checkpoint, found)) return false;
    found.delete(job.identity);
    return true;
  });
  const planned = missing.map((job) => ({job, seconds: estimatedCost(job)}));
  return {
    jobs: jobs.length,
    reused: jobs.filter(({identity}) => found.has(identity)).length,
    missing: planned,
    seconds: planned.reduce((sum, {seconds}) => sum + seconds, 0),
  };
}

function hangsOnDiverged(job: Job, found: Inventory): boolean {
  if (job.kind === 'run') return false;
  const run = found.get(runRead(job));
  return run?.kind === 'run' && run.data.outcome === 'diverged';
}
