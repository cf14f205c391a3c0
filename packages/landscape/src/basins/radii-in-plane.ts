import {type CancelSignal, type Objective, checkOptions} from '@minefield/core';
import {checkCount, checkFloat32, checkLength} from '../check-input.ts';
import {basinRadii} from './basin-radii.ts';
import {scanDistances} from './scan-distances.ts';

export interface Plane {
  /** `[P]` each. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface RadiiInPlaneOptions {
  /** Loss at which the basin ends. */
  readonly cutoff: number;
  /** Where a direction that has not crossed is given up, in lengths of the two. */
  readonly maximum: number;
  /** Evenly all around. Default 32. */
  readonly directions?: number;
  readonly signal?: CancelSignal | undefined;
}

/** Share of the farthest distance at which the search begins. */
const NEAREST = 2e-6;

/**
 * How far a basin reaches in the plane of two directions: where the loss first crosses the cutoff along
 * cos φ · first + sin φ · second, to a thousandth.
 *
 * @returns `[directions]`, in lengths of the two; Infinity where there is no crossing before `maximum`. null where the anchor's own
 *   loss is no lower than the cutoff
 * @throws {InputError} when the directions and the anchor are not of one length, or as `basinRadii` does
 */
export async function radiiInPlane(
  objective: Objective,
  anchor: Float32Array,
  {first, second}: Plane,
  options: RadiiInPlaneOptions,
): Promise<Float64Array | null> {
  checkOptions('landscape.radiiInPlane', options, {
    cutoff: true,
    maximum: true,
    directions: true,
    signal: true,
  });
  const {cutoff, maximum, directions = 32, signal} = options;
  checkFloat32('radiiInPlane', 'an anchor', anchor, objective.dimension);
  checkCount('radiiInPlane', 'directions', directions);
  checkLength('radiiInPlane', 'a first direction', first, anchor.length);
  checkLength('radiiInPlane', 'a second direction', second, anchor.length);
  const rays = {
    parameters: anchor.length,
    dimension: 2,
    logDeterminant: 0,
    fillInto(out: Float32Array, index: number): void {
      const angle = (2 * Math.PI * index) / directions;
      const [along, aside] = [Math.cos(angle), Math.sin(angle)];
      for (let i = 0; i < out.length; i++) out[i] = along * (first[i] ?? 0) + aside * (second[i] ?? 0);
    },
  };
  const {
    cutoffs: [measured],
  } = await basinRadii(objective, anchor, rays, {
    cutoffs: [{kind: 'loss', value: cutoff}],
    maximum,
    scan: scanDistances({maximum, first: NEAREST * maximum}),
    directions,
    tolerance: 1e-3,
    signal,
  });
  return measured?.applicable === true ? measured.radii : null;
}
