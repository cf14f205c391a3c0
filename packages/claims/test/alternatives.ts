import type {AnalysisOf, ExperimentRecord, ResultRecord} from '@minefield/results';
import type {ExperimentSpec} from '@minefield/spec';
import {agreeable, provenance, syntheticSweep} from './synthetic-sweep.ts';

/** What is told of one network that was trained otherwise. */
export interface Told {
  readonly train: number;
  readonly gap: number;
  /** Stable log volume in the landscape of the reference, and in its own. */
  readonly volume: number;
  readonly own: number;
}

/** A sweep of networks trained otherwise; a network of which nothing is told diverged. */
export function alternativesSweep(
  spec: ExperimentSpec,
  tell: (name: string, seed: number) => Told | null,
): {readonly experiment: ExperimentRecord; readonly records: readonly ResultRecord[]} {
  const {experiment, records} = syntheticSweep(agreeable, spec);
  const runs = records.flatMap((record) =>
    record.kind === 'run' && record.poisonFactor === 0 ? [record] : [],
  );
  if (spec.analyses.alternatives === undefined) throw new Error('expected a spec with alternatives');
  const {networks, poisonFactors: _which, ...measured} = spec.analyses.alternatives;
  const alternatives = runs.flatMap((run) =>
    networks.map((network): AnalysisOf<'alternatives'> => {
      const told = tell(network.name, run.seed);
      const landscape = (volume: number) => ({
        examples: 25,
        loss: 0,
        accuracy: 1,
        largestEigenvalue: 1,
        cutoffs:
          measured.radii?.cutoffs.map((cutoff) => ({...cutoff, meanRadius: 1, stableLogVolume: volume})) ??
          [],
      });
      return {
        schemaVersion: 1,
        kind: 'analysis',
        analysis: 'alternatives',
        identity: `${network.name} ${run.seed}`,
        experiment: spec.experiment,
        run: run.identity,
        checkpoint: run.data.checkpoint?.sha256 ?? '',
        seed: run.seed,
        poisonFactor: 0,
        numerics: 'portable',
        algorithmVersions: {alternatives: 1},
        settings: {...network, ...measured},
        data: {
          outcome: told === null ? 'diverged' : 'completed',
          steps: 1,
          final: told && {
            trainLoss: 0,
            trainAccuracy: told.train,
            testLoss: 1,
            testAccuracy: told.train - told.gap,
            freshAccuracy: null,
            freshPoints: 0,
            generalizationGap: told.gap,
          },
          distance: told && 1,
          logDeterminant: told && -2 * told.volume,
          own: told && landscape(told.own),
          reference: told && landscape(told.volume),
        },
        provenance,
      };
    }),
  );
  const jobs = alternatives.map(({kind, analysis, identity, seed, poisonFactor}) => ({
    kind,
    analysis,
    identity,
    seed,
    poisonFactor,
  }));
  return {
    experiment: {...experiment, jobs: [...experiment.jobs, ...jobs]},
    records: [...records, ...alternatives],
  };
}
