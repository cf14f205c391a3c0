/** What a page says of an eigenvalue at a kink. */
import type {AnalysisOf} from '@minefield/results';
import {significant, whole} from './format.ts';

type Curvature = AnalysisOf<'curvature'>['data'];

/** `293 (246 to 875)`: the median and the range at points next to the minimum. */
export function spreadText(spread: NonNullable<Curvature['underMoves']>['relative'] | undefined): string {
  if (spread === undefined) return '–';
  return `${significant(spread.median)} (${significant(spread.low)} to ${significant(spread.high)})`;
}

/** `40 of 31,200, the nearest at 6 × 10⁻⁸ of its layer's size` */
export function kinkText(kink: Curvature['kink']): string {
  if (kink === undefined || kink === null) return '–';
  const nearest =
    kink.distance === 0 ? 'exactly at it' : `at ${significant(kink.distance, 1)} of its layer's size`;
  return `${whole(kink.closePairs)} of ${whole(kink.pairs)}, the nearest ${nearest}`;
}
