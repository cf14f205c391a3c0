import {at} from '@minefield/core';
import {relativeDifference} from './central-difference.ts';

export interface DifferenceCheck {
  /** Least relative disagreement of the exact product with differences at two neighbouring steps; Infinity without one. */
  readonly exactError: number;
  /** Least relative disagreement between differences at two neighbouring steps. */
  readonly agreement: number;
  /** The wider of the two steps that agreed best. */
  readonly step: number;
}

/**
 * Compares a product with central differences at one step after another, and these with each other; stops early where the
 * agreement is already ten times better than asked.
 *
 * @param differenceAt the same product by differences at a step
 */
export async function checkAgainstDifferences(
  exact: Float64Array | undefined,
  differenceAt: (step: number) => Promise<Float64Array>,
  steps: ArrayLike<number> & Iterable<number>,
  tolerance: number,
): Promise<DifferenceCheck> {
  let exactError = Infinity;
  let agreement = Infinity;
  let best = at(steps, 0);
  let previous: {step: number; product: Float64Array; error: number} | undefined;
  for (const step of steps) {
    const product = await differenceAt(step);
    const error = exact ? relativeDifference(exact, product) : Infinity;
    if (previous) {
      const disagreement = relativeDifference(previous.product, product);
      if (disagreement < agreement) {
        agreement = disagreement;
        best = previous.step;
      }
      exactError = Math.min(exactError, Math.max(previous.error, error));
    }
    if ((exact ? exactError : agreement) < tolerance / 10) break;
    previous = {step, product, error};
  }
  return {exactError, agreement, step: best};
}

/**
 * Median disagreement over the checks that say something: those whose differences agree with each other as closely as is asked
 * of the product. (The upper one of the two in the middle, so that half of them passing is not enough.)
 *
 * @returns undefined where fewer than three say something, or the only one does not
 */
export function verdictOf(checks: readonly DifferenceCheck[], tolerance: number): number | undefined {
  const telling = checks.filter(({agreement}) => agreement <= tolerance).map(({exactError}) => exactError);
  if (telling.length < Math.min(3, checks.length)) return undefined;
  return telling.toSorted((a, b) => a - b)[Math.floor(telling.length / 2)];
}
