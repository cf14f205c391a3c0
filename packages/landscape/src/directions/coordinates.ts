import {filtersOf, type ParameterLayout, InputError} from '@minefield/core';
import {checkFloat32} from '../check-input.ts';

/**
 * Coordinates u about a point: θ + S u with a diagonal S. A parameter whose scale is 0 never moves and does not count.
 */
export interface Coordinates {
  /** Diagonal of S, `[P]`. */
  readonly scale: Float64Array;
  /** How many parameters move: n, the dimension in every formula about volumes. */
  readonly dimension: number;
  /** log det S over the parameters that move: what turns a log volume in u into one in θ. */
  readonly logDeterminant: number;
}

/**
 * Scale-free coordinates of a network: S = ‖θ_f‖/√|f| for each weight of filter f, so that u of norm √n moves each filter
 * by about its own length. Biases, batch-norm parameters and filters that are wholly zero (they have no scale) stay.
 *
 * @param theta `[P]`
 * @throws {InputError} when the layout has another dimension, θ is not finite, or no weight moves
 */
export function relativeCoordinates(theta: Float32Array, layout: ParameterLayout): Coordinates {
  checkFloat32('relativeCoordinates', 'parameters as in the layout', theta, layout.dimension);
  const scale = new Float64Array(theta.length);
  for (const {slice, index, entries} of filtersOf(layout)) {
    let squares = 0;
    for (const entry of entries) squares += (theta[entry] ?? 0) ** 2;
    if (!Number.isFinite(squares)) {
      throw new InputError(
        `landscape.relativeCoordinates: expected finite weights, got ${squares} in filter ${index} of "${slice.name}"`,
      );
    }
    const filterScale = Math.sqrt(squares / entries.length);
    for (const entry of entries) scale[entry] = filterScale;
  }
  return coordinatesFromScale(scale);
}

/** θ itself as coordinates: every one of P parameters moves, S = 1. */
export function rawCoordinates(parameters: number): Coordinates {
  return coordinatesFromScale(new Float64Array(parameters).fill(1));
}

/**
 * Coordinates from a diagonal S of the caller's.
 *
 * @throws {InputError} when an entry is negative or not finite, or all are 0
 */
export function coordinatesFromScale(scale: Float64Array): Coordinates {
  let dimension = 0;
  let logDeterminant = 0;
  for (const value of scale) {
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(`landscape.coordinatesFromScale: expected finite scales >= 0, got ${value}`);
    }
    if (value === 0) continue;
    dimension += 1;
    logDeterminant += Math.log(value);
  }
  if (dimension === 0) {
    throw new InputError('landscape.coordinatesFromScale: expected a parameter that moves, got all scales 0');
  }
  return {scale, dimension, logDeterminant};
}
