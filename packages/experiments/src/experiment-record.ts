import type {ExperimentRecord} from '@minefield/results';
import type {Job} from './job.ts';
import type {ExperimentSpec} from './spec.ts';

/** What an experiment consists of, before any of it is done. */
export function experimentRecord(spec: ExperimentSpec, jobs: readonly Job[]): ExperimentRecord {
  return {
    schemaVersion: 1,
    kind: 'experiment',
    experiment: spec.experiment,
    profile: spec.profile,
    title: spec.title,
    spec: JSON.parse(JSON.stringify(spec)) as ExperimentRecord['spec'],
    jobs: jobs.map(({identity, seed, poisonFactor, ...job}) =>
      job.kind === 'run'
        ? {kind: 'run', identity, seed, poisonFactor}
        : {kind: 'analysis', analysis: job.analysis, identity, seed, poisonFactor},
    ),
  };
}
