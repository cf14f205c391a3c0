import {checkOptions, type Objective} from '@minefield/core';
import type {Rays} from '../directions/rays.ts';
import {RADII_KEYS, type BasinRadiiOptions} from './basin-radii-options.ts';
import {basinRadii} from './basin-radii.ts';
import {scanDistances, scanNear, type ScanNearOptions} from './scan-distances.ts';

/** Rays that the pilot follows. */
const PILOTS = 8;

/**
 * Distances to scan for a basin of unknown size: those of {@link scanNear} for the radii of the family's first eight rays,
 * or of {@link scanDistances} where none of these crosses. The same for every part of a measurement, whichever rays it
 * covers, so that parts can be merged.
 *
 * @param options as for {@link basinRadii}; `directions`, `from`, `scan`, `tolerance`, `onProgress` and `onRay` count for
 *   nothing
 */
export async function pilotScan(
  objective: Objective,
  anchor: Float32Array,
  rays: Rays,
  options: BasinRadiiOptions & Omit<ScanNearOptions, 'maximum'>,
): Promise<Float64Array> {
  checkOptions('landscape.pilotScan', options, {...RADII_KEYS, points: true, growth: true});
  const {cutoffs, maximum, signal, points, growth} = options;
  const pilot = await basinRadii(objective, anchor, rays, {
    cutoffs,
    maximum,
    directions: PILOTS,
    // Rough will do.
    tolerance: 0.01,
    signal,
  });
  const radii = pilot.cutoffs.flatMap((cutoff) => Array.from(cutoff.radii)).filter(Number.isFinite);
  if (radii.length === 0) return scanDistances({maximum, ...(growth !== undefined && {growth})});
  return scanNear(radii, {
    maximum,
    ...(points !== undefined && {points}),
    ...(growth !== undefined && {growth}),
  });
}
