import {Generator, InputError, checkOptions} from '@minefield/core';
import {checkGenerator, checkLength} from '../check-input.ts';
import type {Coordinates} from './coordinates.ts';
import {norm} from './vectors.ts';

/**
 * Directions from a point, made when they are needed and never stored. Ray i depends on i alone, so any range of them can
 * be measured anywhere, in any order.
 */
export interface Rays {
  /** P. */
  readonly parameters: number;
  /** How many parameters move: n. */
  readonly dimension: number;
  /** log det S of the coordinates in which the rays are measured. */
  readonly logDeterminant: number;
  /** Writes ray `index`, `[P]`: one step of length 1 along it. */
  fillInto(out: Float32Array, index: number): void;
}

export interface RaysOptions {
  /** Names the family; ray i is drawn from the i-th stretch of its stream 'rays', wherever it stands itself. */
  readonly generator: Generator;
  /**
   * Positive diagonal P of unit determinant over the parameters that move, `[P]`, as {@link preconditionerFrom} makes it: rays
   * S P u. Default: none.
   */
  readonly preconditioner?: Float64Array | undefined;
}

/**
 * Rays S u with u uniform on the unit sphere of the n parameters that move.
 *
 * @throws {InputError} when the preconditioner is no such diagonal: volumes would be wrong by its determinant
 */
export function sphericalRays(coordinates: Coordinates, options: RaysOptions): Rays {
  checkOptions('landscape.sphericalRays', options, {generator: true, preconditioner: true});
  const {generator, preconditioner} = options;
  checkGenerator('sphericalRays', generator);
  const {scale, dimension, logDeterminant} = coordinates;
  if (preconditioner) checkPreconditioner(preconditioner, coordinates);
  const moved = new Uint32Array(dimension);
  const factors = new Float64Array(dimension);
  let count = 0;
  scale.forEach((value, i) => {
    if (value === 0) return;
    moved[count] = i;
    factors[count++] = value * (preconditioner?.[i] ?? 1);
  });
  const {key} = generator.derive('rays').state();
  // Whole blocks of the counter, so that neighbouring rays share none.
  const words = 4 * Math.ceil(dimension / 4);
  const point = new Float64Array(dimension);
  return {
    parameters: scale.length,
    dimension,
    logDeterminant,
    fillInto(out, index) {
      new Generator({key, position: index * words}).fillNormalInto(point);
      const length = norm(point);
      out.fill(0);
      for (let j = 0; j < dimension; j++) {
        out[moved[j] ?? 0] = ((point[j] ?? 0) / length) * (factors[j] ?? 0);
      }
    },
  };
}

function checkPreconditioner(preconditioner: Float64Array, {scale, dimension}: Coordinates): void {
  checkLength('sphericalRays', 'a preconditioner', preconditioner, scale.length);
  const logDeterminant = preconditioner.reduce(
    (sum, value, i) => (scale[i] === 0 ? sum : sum + Math.log(value)),
    0,
  );
  // Rounding of n logarithms.
  if (!(Math.abs(logDeterminant) <= 1e-6 * dimension)) {
    throw new InputError(
      `landscape.sphericalRays: expected a positive preconditioner of determinant 1, got log determinant ${logDeterminant}; ` +
        'make it with preconditionerFrom',
    );
  }
}
