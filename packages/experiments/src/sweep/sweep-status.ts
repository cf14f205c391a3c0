import {type ExperimentJob, type ExperimentRecord, shortIdentity} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import {kindOf} from '../jobs/job.ts';
import {type SweepReport, readSweepReports} from './sweep-report.ts';
import {workFolder} from '../resume/work-folder.ts';

/** How far an experiment is. */
export interface SweepStatus {
  readonly experiment: string;
  readonly profile: string;
  readonly jobs: number;
  /** Jobs whose records are there; the files are counted, not opened. */
  readonly done: number;
  /** Analyses of runs that diverged, looked for where no sweep is running: there is nothing to measure. */
  readonly nothingToMeasure: number;
  /** Jobs that a sweep of this folder is at, with their done fractions. */
  readonly running: readonly {readonly job: ExperimentJob; readonly fraction: number}[];
  readonly failed: readonly {readonly job: ExperimentJob; readonly error: string}[];
  /** Jobs that were begun, and go on from there. */
  readonly begun: number;
  /** Sweeps that are running; none where the last one ended or was killed. */
  readonly sweeps: readonly Pick<SweepReport, 'startedAt' | 'fraction' | 'secondsLeft'>[];
}

/**
 * How far an experiment is that `runExperiment` was called for: from the names of its records and what sweeps report, so
 * that it is known at once however many jobs there are. Undefined where there is no such experiment.
 *
 * @throws {StoreError} when the record of the experiment cannot be read
 */
export async function sweepStatus(store: Store, experiment: string): Promise<SweepStatus | undefined> {
  const head = await store.read({kind: 'experiment', experiment});
  if (head?.kind !== 'experiment') return undefined;
  const there = new Set(
    (await store.list(experiment)).map(({kind, identityStart}) => `${kind}/${identityStart}`),
  );
  const isDone = (job: ExperimentJob): boolean => there.has(`${kindOf(job)}/${shortIdentity(job.identity)}`);
  const byIdentity = new Map(head.jobs.map((job) => [job.identity, job]));
  const reports = await readSweepReports(workFolder(store, experiment).directory);
  const alive = reports.filter((report) => report.alive);
  const told = <T extends {readonly identity: string}>(entries: readonly T[]): (T & {job: ExperimentJob})[] =>
    entries.flatMap((entry) => {
      const job = byIdentity.get(entry.identity);
      return job === undefined || isDone(job) ? [] : [{...entry, job}];
    });
  const failed = new Map(
    reports.flatMap((report) => told(report.failed)).map((entry) => [entry.identity, entry]),
  );
  const parts = await workFolder(store, experiment).owners();
  return {
    experiment,
    profile: head.profile,
    jobs: head.jobs.length,
    done: head.jobs.filter(isDone).length,
    nothingToMeasure: alive.length > 0 ? 0 : await countUnmeasurable(store, head, isDone),
    running: told(alive.flatMap(({running}) => running)).map(({job, fraction}) => ({job, fraction})),
    failed: [...failed.values()].map(({job, error}) => ({job, error})),
    begun: head.jobs.filter((job) => parts.has(shortIdentity(job.identity)) && !isDone(job)).length,
    sweeps: alive.map(({startedAt, fraction, secondsLeft}) => ({startedAt, fraction, secondsLeft})),
  };
}

/** Analyses that are not there because their run, or the one at the far end of a path, diverged. */
async function countUnmeasurable(
  store: Store,
  {experiment, jobs, spec}: ExperimentRecord,
  isDone: (job: ExperimentJob) => boolean,
): Promise<number> {
  const far = spec.analyses.connectivity?.to;
  const missing = jobs.filter((job) => job.kind === 'analysis' && !isDone(job));
  const runs = new Map(
    jobs.filter((job) => job.kind === 'run').map((job) => [`${job.poisonFactor} ${job.seed}`, job.identity]),
  );
  const diverged = new Map<string, boolean>();
  const isDiverged = async (poisonFactor: number | undefined, seed: number): Promise<boolean> => {
    const identity = runs.get(`${poisonFactor} ${seed}`);
    if (identity === undefined) return false;
    if (!diverged.has(identity)) {
      const run = await store.read({kind: 'run', experiment, identity}).catch(() => undefined);
      diverged.set(identity, run?.kind === 'run' && run.data.outcome === 'diverged');
    }
    return diverged.get(identity) ?? false;
  };
  let count = 0;
  for (const job of missing) {
    const other = kindOf(job) === 'connectivity' ? far : undefined;
    if ((await isDiverged(job.poisonFactor, job.seed)) || (await isDiverged(other, job.seed))) count += 1;
  }
  return count;
}
