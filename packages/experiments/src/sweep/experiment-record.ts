import type {ExperimentRecord} from '@minefield/results';
import type {Job} from '../jobs/job.ts';
import type {ExperimentSpec} from '@minefield/spec';

/** What an experiment consists of, before any of it is done. */
export function experimentRecord(spec: ExperimentSpec, jobs: readonly Job[]): ExperimentRecord {
  return {
    schemaVersion: 1,
    kind: 'experiment',
    experiment: spec.experiment,
    profile: spec.profile,
    title: spec.title,
    spec: structuredClone(spec),
    jobs: jobs.map(({identity, seed, poisonFactor, ...job}) =>
      job.kind === 'run'
        ? {kind: 'run', identity, seed, poisonFactor}
        : {kind: 'analysis', analysis: job.analysis, identity, seed, poisonFactor},
    ),
  };
}
