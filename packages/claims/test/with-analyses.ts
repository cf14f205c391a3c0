import type {AnalysisName, AnalysisOf, RunRecord} from '@minefield/results';
import type {AnalysisSpec, ExperimentSpec} from '@minefield/spec';
import {type SyntheticSweep, provenance} from './synthetic-sweep.ts';

/** What a test chooses of an analysis; everything else is the run's. */
export interface Chosen<Name extends AnalysisName> {
  readonly settings: object;
  readonly data: AnalysisOf<Name>['data'];
}

/** A sweep with analyses of one kind added: those that `make` gives of each run. */
export function withAnalyses<Name extends AnalysisName>(
  {experiment, records}: SyntheticSweep,
  analysis: Name,
  make: (run: RunRecord) => readonly Chosen<Name>[],
): SyntheticSweep {
  const runs = records.filter((record) => record.kind === 'run');
  const made = runs.flatMap((run) =>
    make(run).map(
      (chosen, i) =>
        ({
          schemaVersion: 1,
          kind: 'analysis',
          analysis,
          identity: `${analysis} ${i} of ${run.identity}`,
          experiment: run.experiment,
          run: run.identity,
          checkpoint: run.data.checkpoint?.sha256 ?? '',
          seed: run.seed,
          poisonFactor: run.poisonFactor,
          numerics: 'portable',
          algorithmVersions: {[analysis]: 1},
          ...chosen,
          provenance,
        }) as AnalysisOf<Name>,
    ),
  );
  const jobs = made.map(({kind, identity, seed, poisonFactor}) => ({
    kind,
    analysis,
    identity,
    seed,
    poisonFactor,
  }));
  return {experiment: {...experiment, jobs: [...experiment.jobs, ...jobs]}, records: [...records, ...made]};
}

/** What a spec says of an analysis that it surely has. */
export function settingsOf<Name extends AnalysisName>(
  {analyses}: ExperimentSpec,
  analysis: Name,
): AnalysisSpec<Name> {
  const settings = analyses[analysis];
  if (settings === undefined) throw new Error(`expected a spec with ${analysis}`);
  return settings;
}
