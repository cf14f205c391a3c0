/** Noisy labels and sharpness-aware steps, in the few numbers that the page on what has been asked since quotes. */
import type {Experiment} from './load-results.ts';
import {type Alternative, alternativesIn, middle, volumeIn} from './since.ts';

/** The least and the most of either road; null where none came to an end. */
export interface Roads {
  readonly noise: Ends | null;
  readonly sharpnessAware: Ends | null;
}

export interface Ends {
  readonly least: Stop;
  readonly most: Stop;
}

/** Medians over seeds. */
export interface Stop {
  /** Share of wrong labels, or the distance ρ at which the gradient is taken. */
  readonly amount: number;
  /** Training accuracy, on labels as they were given. */
  readonly train: number;
  /** To points with true labels. */
  readonly gap: number;
  /** Stable log₁₀ volume, at a loss of 0.5. */
  readonly volume: number | null;
}

export function roadsIn(experiments: readonly Experiment[]): Roads | null {
  const records = alternativesIn(experiments, 'roads');
  if (records.length === 0) return null;
  return {
    noise: endsOf(records, ({labelNoise}) => labelNoise),
    sharpnessAware: endsOf(records, ({recipe}) => recipe.sharpnessAware),
  };
}

function endsOf(
  records: readonly Alternative[],
  amountOf: (settings: Alternative['settings']) => number | undefined,
): Ends | null {
  const stops = [...Map.groupBy(records, ({settings}) => amountOf(settings) ?? 0)]
    .flatMap(([amount, of]): Stop[] => {
      const [train, gap] = [
        middle(of, ({final}) => final?.trainAccuracy),
        middle(of, ({final}) => final?.generalizationGap),
      ];
      if (amount === 0 || train === null || gap === null) return [];
      return [{amount, train, gap, volume: middle(of, ({own}) => volumeIn(own))}];
    })
    .toSorted((a, b) => a.amount - b.amount);
  const [least, most] = [stops.at(0), stops.at(-1)];
  return least === undefined || most === undefined ? null : {least, most};
}
