/**
 * A bowl whose volume is known, measured along random rays: ½ Σ h x² up to a loss of 0.1, h from 0.1 to 10 in even factors.
 * How far a ray goes is known exactly too, so what an estimate misses, it misses by its rays alone.
 */
import {createGenerator} from '@minefield/core';
import {
  type Rays,
  type VolumeEstimate,
  estimateVolume,
  logSpacedSpectrum,
  preconditionerFrom,
  quadraticBowl,
  rawCoordinates,
  sphericalRays,
} from '@minefield/landscape';

/** Where the bowl ends. */
export const CUTOFF = 0.1;

export interface Bowl {
  readonly dimension: number;
  /** log₁₀ of the volume, exactly. */
  readonly decades: number;
  /** Radius of a ball of that volume. */
  readonly effectiveRadius: number;
  /** First crossing along a ray. @param ray one step of length 1, as {@link Rays.fillInto} writes it */
  radiusAlong(ray: Float32Array): number;
  readonly spherical: Rays;
  readonly preconditioned: Rays;
}

/** @param seed of the rays */
export function bowlOf(dimension: number, seed: number): Bowl {
  const spectrum = logSpacedSpectrum(dimension, -1, 1);
  const coordinates = rawCoordinates(dimension);
  const generator = createGenerator(seed, 'dimension lever');
  const logVolume = quadraticBowl(spectrum).logVolume(CUTOFF);
  return {
    dimension,
    decades: logVolume / Math.LN10,
    effectiveRadius: Math.exp((logVolume - estimateOf(Float64Array.of(1), dimension)) / dimension),
    radiusAlong(ray) {
      let sum = 0;
      for (let i = 0; i < dimension; i++) {
        const x = ray[i] as number;
        sum += (spectrum[i] as number) * x * x;
      }
      return Math.sqrt((2 * CUTOFF) / sum);
    },
    spherical: sphericalRays(coordinates, {generator}),
    preconditioned: sphericalRays(coordinates, {
      generator,
      preconditioner: preconditionerFrom(spectrum, coordinates, {epsilon: 0}),
    }),
  };
}

/** Natural logarithm of the volume by some radii. */
function estimateOf(radii: Float64Array, dimension: number): number {
  return estimateVolume(radii, {dimension}).relative.logVolume ?? Number.NaN;
}

export interface Measured {
  readonly bowl: Bowl;
  /** Of the rays that are in, uniform on the sphere. */
  readonly spherical: Float64Array;
  /** The same rays, stretched along the flat directions. */
  readonly preconditioned: Float64Array;
}

/** Follows rays in portions. @param portion called after each ray; true for "hand over what there is" */
export function* followRays(
  bowl: Bowl,
  count: number,
  portion: () => boolean,
): Generator<Measured, Measured> {
  const [spherical, preconditioned] = [new Float64Array(count), new Float64Array(count)];
  const ray = new Float32Array(bowl.dimension);
  const first = (done: number): Measured => ({
    bowl,
    spherical: spherical.subarray(0, done),
    preconditioned: preconditioned.subarray(0, done),
  });
  for (let i = 0; i < count; i++) {
    bowl.spherical.fillInto(ray, i);
    spherical[i] = bowl.radiusAlong(ray);
    bowl.preconditioned.fillInto(ray, i);
    preconditioned[i] = bowl.radiusAlong(ray);
    if (i + 1 < count && portion()) yield first(i + 1);
  }
  return first(count);
}

/** All of it at once. */
export function measureBowl(bowl: Bowl, count: number): Measured {
  for (const rays = followRays(bowl, count, () => false); ;) {
    const {done, value} = rays.next();
    if (done === true) return value;
  }
}

/** Decades that an estimate is off. */
export function decadesOff(radii: Float64Array, {dimension, decades}: Bowl): number {
  return estimateOf(radii, dimension) / Math.LN10 - decades;
}

/** The estimate with all that is needed to judge it. */
export function judged(radii: Float64Array, {dimension}: Bowl): VolumeEstimate {
  return estimateVolume(radii, {dimension}).relative;
}

/** How far the estimate is off as its rays come in: pairs of rays and decades, evenly on a logarithmic scale. */
export function convergence(radii: Float64Array, bowl: Bowl): (readonly [number, number])[] {
  const counts = new Set<number>();
  for (let count = 1; count < radii.length; count *= 1.25) counts.add(Math.ceil(count));
  counts.add(radii.length);
  return [...counts].map((count) => [count, decadesOff(radii.subarray(0, count), bowl)]);
}

/** Dimensions at which the estimate is tried for its course: from a plane to the toy network. */
export const COURSE = [2, 3, 5, 8, 13, 22, 36, 60, 100, 170, 280, 460, 770, 1270, 2100, 3457] as const;
