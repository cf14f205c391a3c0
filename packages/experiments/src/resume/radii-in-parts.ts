import type {Objective} from '@minefield/core';
import {
  type BasinRadii,
  type BasinRadiiOptions,
  type Rays,
  basinRadii,
  mergeRadii,
} from '@minefield/landscape';
import {type Parts, keptOr} from './part.ts';

/** Rays of a part: many enough that few are alone at its end, few enough that they take seconds. */
const RAYS = 128;

/** As `basinRadii`, part by part, each kept when it is done. */
export async function radiiInParts(
  objective: Objective,
  anchor: Float32Array,
  rays: Rays,
  {directions, onProgress, ...options}: Omit<BasinRadiiOptions, 'from'>,
  parts: Parts | undefined,
): Promise<BasinRadii> {
  const measured: BasinRadii[] = [];
  for (let from = 0; from < directions; from += RAYS) {
    const count = Math.min(RAYS, directions - from);
    const isUsable = (value: unknown): value is BasinRadii =>
      isObject(value) &&
      'from' in value &&
      value.from === from &&
      'directions' in value &&
      value.directions === count &&
      'cutoffs' in value &&
      Array.isArray(value.cutoffs) &&
      // Parts of an earlier version do not say which rays left the numbers.
      value.cutoffs.every((cutoff: unknown) => isObject(cutoff) && 'undefinedRays' in cutoff);
    measured.push(
      await keptOr(parts?.(`radii-${from}`), isUsable, () =>
        basinRadii(objective, anchor, rays, {
          ...options,
          from,
          directions: count,
          onProgress: (done) => onProgress?.(from + done, directions),
        }),
      ),
    );
    onProgress?.(from + count, directions);
  }
  return mergeRadii(measured);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
