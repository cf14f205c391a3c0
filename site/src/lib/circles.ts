import type {AnalysisOf} from '@minefield/results';
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

/** Networks on the concentric circles; medians over seeds. */
export interface Circles {
  readonly all: Ring;
  readonly without: Ring;
}

/** A network that was trained on so many of the points. */
export interface Ring {
  readonly points: number;
  /** Accuracies on its own points and on others of both large circles. */
  readonly train: number;
  readonly test: number;
  /** Smallest and mean distance of its own points to the boundary; null where these were not sought. */
  readonly smallest: number | null;
  readonly mean: number | null;
  /** Stable log₁₀ volume at a loss of 0.5 on the points that both have seen, relative; null where it has none. */
  readonly volume: number | null;
}

export function circlesIn(experiments: readonly Experiment[]): Circles | null {
  const recordsOf = (name: string) => experiments.find(({record}) => record.experiment === name)?.records;
  const [all, wide] = [recordsOf('circles'), recordsOf('circles-wide')];
  const found = all?.analyses('alternatives') ?? [];
  const sizes = found.flatMap(({data}) => data.own?.examples ?? []);
  const ring = (points: number, margins: readonly AnalysisOf<'margin'>[]): Ring | null => {
    const networks = found.filter(({data}) => data.own?.examples === points);
    const [train, test] = [
      median(networks.flatMap(({data}) => data.final?.trainAccuracy ?? [])),
      median(networks.flatMap(({data}) => data.final?.testAccuracy ?? [])),
    ];
    if (train === null || test === null) return null;
    return {
      points,
      train,
      test,
      smallest: median(margins.flatMap(({data}) => data.minimum ?? [])),
      mean: median(margins.flatMap(({data}) => data.mean ?? [])),
      volume: median(
        networks.flatMap(({data}) => {
          const log = data.reference?.cutoffs.find(({kind, value}) => kind === 'loss' && value === 0.5);
          const natural = log?.stableLogVolume ?? null;
          return natural === null ? [] : [natural / Math.LN10];
        }),
      ),
    };
  };
  const of = ring(Math.max(...sizes), all?.analyses('margin') ?? []);
  const without = ring(Math.min(...sizes), wide?.analyses('margin') ?? []);
  return of === null || without === null ? null : {all: of, without};
}
