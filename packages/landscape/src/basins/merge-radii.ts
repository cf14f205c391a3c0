import {at, InputError} from '@minefield/core';
import type {BasinRadii} from './basin-radii.ts';

/**
 * Joins measurements of neighbouring ranges of the same rays, made elsewhere or at another time, into one. The result is
 * the same, bit for bit, as if all had been measured in one call with the same rays and scan; a part names neither, so that
 * they were the same is for the caller to see to.
 *
 * @throws {InputError} when there is none, a range is missing, or two differ in the anchor's loss, the dimension, the
 *   determinant, the maximum, the tolerance or the cutoffs
 */
export function mergeRadii(parts: readonly BasinRadii[]): BasinRadii {
  const [first, ...rest] = parts.toSorted((a, b) => a.from - b.from);
  if (!first) throw new InputError('landscape.mergeRadii: expected at least one part, got none');
  let merged = first;
  for (const part of rest) {
    const end = merged.from + merged.directions;
    if (part.from !== end) {
      throw new InputError(
        `landscape.mergeRadii: expected a part that begins with ray ${end}, got ${part.from}`,
      );
    }
    if (settingsOf(part) !== settingsOf(merged)) {
      throw new InputError(
        `landscape.mergeRadii: expected one measurement, got settings ${settingsOf(merged)} and ${settingsOf(part)}`,
      );
    }
    merged = join(merged, part);
  }
  return merged;
}

function settingsOf({
  anchorLoss,
  dimension,
  maximum,
  tolerance,
  logDeterminant,
  cutoffs,
}: BasinRadii): string {
  const what = cutoffs.map(({cutoff}) => [cutoff.kind, cutoff.value]);
  return JSON.stringify({anchorLoss, dimension, maximum, tolerance, logDeterminant, cutoffs: what});
}

function join(a: BasinRadii, b: BasinRadii): BasinRadii {
  return {
    ...a,
    directions: a.directions + b.directions,
    toleranceReached: Math.max(a.toleranceReached, b.toleranceReached),
    // Both evaluated the anchor.
    evaluations: a.evaluations + b.evaluations - 1,
    cutoffs: a.cutoffs.map((cutoff, i) => {
      const other = at(b.cutoffs, i);
      return {
        ...cutoff,
        radii: concatenate(cutoff.radii, other.radii),
        censored: cutoff.censored + other.censored,
        undefinedRays: cutoff.undefinedRays + other.undefinedRays,
      };
    }),
  };
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const joined = new Float64Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
