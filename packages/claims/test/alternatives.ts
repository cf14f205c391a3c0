import type {Cutoff, ExperimentSpec} from '@minefield/spec';
import {type SyntheticSweep, agreeable, syntheticSweep} from './synthetic-sweep.ts';
import {settingsOf, withAnalyses} from './with-analyses.ts';

/** What is told of one network that was trained otherwise. */
export interface Told {
  readonly train: number;
  readonly gap: number;
  /** Stable log volume in the landscape of the reference, and in its own. */
  readonly volume: number;
  readonly own: number;
  /** 1 each where nothing is said. */
  readonly margin?: number;
  readonly eigenvalue?: number;
  readonly radius?: number;
  /** Rays, and margins, that were followed no farther; none where nothing is said. */
  readonly censored?: number;
  /** What differs at a cutoff; all are alike where nothing is said. */
  readonly at?: (cutoff: Cutoff) => Partial<Told>;
}

/** A sweep of networks trained otherwise, at the levels that the spec says; a network of which nothing is told diverged. */
export function alternativesSweep(
  spec: ExperimentSpec,
  tell: (name: string, seed: number, poisonFactor: number) => Told | null,
): SyntheticSweep {
  const {networks, poisonFactors = spec.poisonFactors, ...measured} = settingsOf(spec, 'alternatives');
  const landscape = (volume: 'volume' | 'own', told: Told) => ({
    examples: 25,
    loss: 0,
    accuracy: 1,
    largestEigenvalue: told.eigenvalue ?? 1,
    cutoffs: measured.radii.cutoffs.map((cutoff) => {
      const {radius = 1, censored, [volume]: stableLogVolume} = {...told, ...told.at?.(cutoff)};
      return {...cutoff, ...(censored !== undefined && {censored}), meanRadius: radius, stableLogVolume};
    }),
  });
  return withAnalyses(syntheticSweep(agreeable, spec), 'alternatives', ({seed, poisonFactor}) =>
    !poisonFactors.includes(poisonFactor)
      ? []
      : networks.map((network) => {
          const told = tell(network.name, seed, poisonFactor);
          return {
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
              ...(measured.margin && {meanMargin: told && (told.margin ?? 1)}),
              ...(measured.margin && told?.censored !== undefined && {missingMargins: told.censored}),
              logDeterminant: told && -2 * told.volume,
              own: told && landscape('own', told),
              reference: told && landscape('volume', told),
            },
          };
        }),
  );
}
