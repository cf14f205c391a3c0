import {createGenerator} from '@minefield/core';
import {
  filterNormalizedDirection,
  gaussianDirection,
  hessianOperator,
  largestEigenvalue,
  relativeCoordinates,
} from '@minefield/landscape';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import {examplesToCheck} from '../sharpness.ts';

/**
 * `gaussian`: each parameter by a normal number, biases too. `filters`: the same, each filter rescaled to its own length, biases
 * at rest. `eigenvector`: where the training loss bends most, in relative coordinates. `twin`: straight to another network.
 */
export type DirectionKind = 'gaussian' | 'filters' | 'eigenvector' | 'twin';

export interface DirectionArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  readonly kind: DirectionKind;
  /** Names random directions: the same numbers for every network. */
  readonly draw: readonly [seed: number, draw: number];
  /** Where `twin` leads, `[P]`. */
  readonly twin: Float32Array;
}

/**
 * A direction, `[P]`, one step of which is a relative distance of 1: n of them squared move each filter by its own length. That
 * of `gaussian`, which moves biases too, is taken of all parameters as one filter.
 */
export const direction: Call<DirectionArgs, Float32Array> = async (
  {problem, theta, kind, draw, twin},
  {signal},
) => {
  const {model, objective} = openProblem(problem);
  const generator = createGenerator(draw[0], 'shake', draw[1]);
  const {scale, ...rest} = relativeCoordinates(theta, model.layout);
  switch (kind) {
    case 'gaussian': {
      const drawn = gaussianDirection(theta.length, {generator});
      const unit = norm(theta) / Math.sqrt(theta.length);
      return scaled(drawn, unit / norm(drawn));
    }
    case 'filters': {
      const drawn = filterNormalizedDirection(theta, model.layout, {generator});
      return scaled(drawn, 1 / relativeLength(drawn, scale));
    }
    case 'twin': {
      const towards = theta.map((value, i) => (twin[i] ?? 0) - value);
      return scaled(towards, 1 / relativeLength(towards, scale));
    }
    case 'eigenvector': {
      const operator = await hessianOperator(objective, theta, {
        generator: createGenerator(draw[0], 'shake', 'probe'),
        coordinates: {scale, ...rest},
        checkOn: examplesToCheck(problem.labels.length, draw[0]),
        onMismatch: 'central differences',
        signal,
      });
      const {vector} = await largestEigenvalue(operator, {
        generator: createGenerator(draw[0], 'shake', 'lanczos'),
        tolerance: 1e-3,
        signal,
      });
      return Float32Array.from(scale, (value, i) => value * (vector[i] ?? 0));
    }
  }
};

function norm(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** Length in relative coordinates of what moves there. */
function relativeLength(vector: Float32Array, scale: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) {
    const unit = scale[i] ?? 0;
    if (unit > 0) squares += ((vector[i] ?? 0) / unit) ** 2;
  }
  return Math.sqrt(squares);
}

function scaled(vector: Float32Array, factor: number): Float32Array {
  return vector.map((value) => value * factor);
}
