import {type CancelSignal, type Objective, InputError, InternalError} from '@minefield/core';
import {basinRadii} from '../basins/basin-radii.ts';
import type {Cutoff} from '../basins/cutoff.ts';
import {scanDistances, scanNear} from '../basins/scan-distances.ts';
import type {Rays} from '../directions/rays.ts';

/** Rays followed to see how large the basin is. */
const PILOTS = 8;

/** Lengths tried, one after another, until every pilot crosses. */
const LENGTHS = [1, 1e2, 1e4, 1e6];

/** How much farther than the farthest pilot the others are followed before they count as censored. */
const BEYOND = 1000;

export interface Reach {
  readonly maximum: number;
  readonly scan: Float64Array;
  readonly anchorLoss: number;
  /** Loss at which the basin ends. */
  readonly threshold: number;
}

/**
 * How far to follow rays in a basin of unknown size, and where to look on the way: even steps as far as a few pilots reach, a
 * geometric series from there to a thousand times that.
 *
 * @throws {InputError} when the anchor's loss is at or above the cutoff: there is no basin
 */
export async function findReach(
  objective: Objective,
  anchor: Float32Array,
  rays: Rays,
  cutoffs: readonly [Cutoff],
  signal?: CancelSignal,
): Promise<Reach> {
  let farthest:
    {readonly maximum: number; readonly anchorLoss: number; readonly threshold: number} | undefined;
  let radii = new Float64Array();
  for (const maximum of LENGTHS) {
    const pilot = await basinRadii(objective, anchor, rays, {
      cutoffs,
      maximum,
      directions: PILOTS,
      // Rough will do.
      tolerance: 0.05,
      signal,
    });
    const {anchorLoss} = pilot;
    const [{applicable, threshold} = {applicable: false, threshold: Number.NaN}] = pilot.cutoffs;
    if (!applicable) {
      throw new InputError(
        `landscape.findReach: expected a cutoff above the anchor's loss of ${Number(anchorLoss.toPrecision(4))}, ` +
          `got ${cutoffs[0].value}; raise it, or measure the excess over the anchor's loss`,
      );
    }
    farthest = {maximum, anchorLoss, threshold};
    radii = (pilot.cutoffs[0]?.radii ?? new Float64Array()).filter(Number.isFinite);
    if (radii.length === PILOTS) break;
  }
  if (!farthest) throw new InternalError('landscape.findReach: expected a length to try; this is a bug');
  if (radii.length === 0) return {...farthest, scan: scanDistances({maximum: farthest.maximum})};
  const maximum = BEYOND * radii.reduce((a, b) => Math.max(a, b), 0);
  return {...farthest, maximum, scan: scanNear(radii, {maximum})};
}
