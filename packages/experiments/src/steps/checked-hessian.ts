import type {CancelSignal, Objective} from '@minefield/core';
import {createGenerator} from '@minefield/core';
import {type Coordinates, type HessianOperator, hessianOperator} from '@minefield/landscape';
import {median} from '../claims/statistics.ts';

/** Examples on which a product is checked; odd, so that the median is one of them. */
const CHECKED = 11;

/** Largest median disagreement with central differences. */
const TOLERANCE = 0.01;

export interface CheckedHessian {
  readonly operator: HessianOperator;
  /** Median over single examples of the relative disagreement with central differences. */
  readonly selfCheck: number;
}

/**
 * Products with the Hessian of a network's training loss, checked against central differences on single examples.
 *
 * The gradient of a ReLU network jumps where a unit switches, and training comes to rest on such jumps: at a trained
 * minimum, differences of the whole loss are off by factors of ten to a thousand at every step, in float64 too, while the
 * product is right to 1e-5. One example crosses few jumps. A derivative that is wrong is wrong for every example, so the
 * median finds it, and a few examples on a jump do not hide that it is right.
 *
 * @param examples how many the objective averages over
 * @throws {Error} when the median disagrees
 */
export async function checkedHessian(
  objective: Objective,
  theta: Float32Array,
  examples: number,
  options: {readonly seed: number; readonly coordinates: Coordinates; readonly signal?: CancelSignal},
): Promise<CheckedHessian> {
  const {seed, coordinates, signal} = options;
  const common = {coordinates, ...(signal && {signal})};
  const chosen = createGenerator(seed, 'hessian', 'examples').permutation(examples).subarray(0, CHECKED);
  const found: number[] = [];
  for (const example of chosen) {
    signal?.throwIfAborted();
    const check = hessianOperator(objective, theta, {
      ...common,
      generator: createGenerator(seed, 'hessian', 'probe', example),
      examples: Uint32Array.of(example),
      tolerance: TOLERANCE,
    });
    found.push(
      await check.then(
        ({selfCheck}) => selfCheck,
        (error: unknown) => {
          if (error instanceof RangeError) throw error;
          return Infinity;
        },
      ),
    );
  }
  signal?.throwIfAborted();
  const selfCheck = median(found);
  if (!(selfCheck <= TOLERANCE)) {
    throw new Error(
      `experiments.checkedHessian: expected Hessian-vector products that agree with central differences to ${TOLERANCE} ` +
        `on most of ${found.length} examples, got them on ${found.filter((value) => value <= TOLERANCE).length}; ` +
        'correct hessianVector of the objective',
    );
  }
  // Checked above, example by example: the whole loss has no differences to check against.
  const operator = await hessianOperator(objective, theta, {
    ...common,
    generator: createGenerator(seed, 'hessian', 'probe'),
    tolerance: Number.MAX_VALUE,
  });
  return {operator, selfCheck};
}
