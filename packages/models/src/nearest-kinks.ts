import {type CancelSignal, InputError, at, checkOptions} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkCounts, checkFloats, networkCount} from './checks.ts';
import {evaluateChunks} from './evaluation.ts';
import {examplesPerCall} from './examples-per-call.ts';
import {type Model, type RectifiedLayers, exampleSizeOf} from './model.ts';

const CALLER = 'nearestKinks';

/** Share of its layer's root mean square up to which a pre-activation counts as close to zero. */
const CLOSE = 1e-6;

/** How near a point in the space of parameters lies to one where the loss has no second derivative. */
export interface NearestKink {
  /**
   * The smallest |z| / rms over all pairs of a hidden unit and an example. z is what the unit's ReLU is given on that example, and
   * rms the root mean square of z over all units of the same layer and all examples; where that is 0, so is the share. NaN where
   * some z is not finite.
   */
  readonly distance: number;
  /** Pairs whose share is at most 1e-6. */
  readonly closePairs: number;
  /** All pairs. */
  readonly pairs: number;
}

export interface NearestKinksOptions {
  /** Examples evaluated in one call of the model. Default: as many as {@link examplesPerCall} says. */
  readonly examples?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

/**
 * How near networks lie to a kink of the loss on a set of examples.
 *
 * A ReLU has no derivative at 0, so the gradient of the loss jumps where a pre-activation changes its sign, and the Hessian means
 * something only as far as that is away. A point whose `distance` is no more than what float32 rounds by (2⁻²⁴ = 6e-8 times the
 * square root of the terms of a sum) lies at the kink as far as anybody can tell: which side it is on hangs on the last bit.
 * That is a necessary condition for its second derivatives to do so, and not a sufficient one: they jump by as much as the loss
 * depends on the pair. Training leaves many pairs at their kinks, which chance alone would hardly do.
 *
 * Values are taken from the model's own float32 evaluation; squares are summed in float64, in order.
 *
 * @param thetas `[K, P]`
 * @param inputs `[n, ...inputShape]`
 * @returns one for each network; null where the model has no ReLUs, or cannot tell what they are given
 * @throws {InputError} when sizes disagree, there are no examples, no backend runs, or an option is below 1 or one that nobody reads
 * @example const [kink] = (await nearestKinks(model, theta, data.inputs)) ?? [];
 */
export async function nearestKinks(
  model: Model,
  thetas: Float32Array,
  inputs: Float32Array,
  options: NearestKinksOptions = {},
): Promise<NearestKink[] | null> {
  checkOptions(`models.${CALLER}`, options, {examples: true, signal: true});
  const {examples: size = examplesPerCall(model), signal} = options;
  checkCounts(CALLER, {examples: size});
  checkFloats(`models.${CALLER}`, 'inputs', inputs);
  const width = exampleSizeOf(model);
  const count = inputs.length / width;
  if (count < 1 || !Number.isInteger(count)) {
    throw new InputError(
      `models.${CALLER}: expected inputs [n, ${model.inputShape}] of at least one example, got ${inputs.length} numbers`,
    );
  }
  const {dimension} = model.layout;
  const networks = networkCount(CALLER, thetas, dimension);
  const {rectified} = model;
  if (rectified === undefined) return null;
  const kinks: NearestKink[] = [];
  for (let k = 0; k < networks; k++) {
    const theta = thetas.subarray(k * dimension, (k + 1) * dimension);
    kinks.push(
      await nearestKink(rectified, count, (use) =>
        evaluateChunks(
          {caller: CALLER, count, size, signal},
          (first, length) =>
            rectified.preActivations(
              tf.tensor2d(theta, [1, dimension]),
              tf.tensor(inputs.subarray(first * width, (first + length) * width), [
                length,
                ...model.inputShape,
              ]),
            ),
          use,
        ),
      ),
    );
  }
  return kinks;
}

/** @param overChunks hands over the pre-activations of all examples, chunk by chunk */
async function nearestKink(
  {units}: RectifiedLayers,
  count: number,
  overChunks: (use: (values: Float32Array) => void) => Promise<void>,
): Promise<NearestKink> {
  const layers = units.map((size) => ({size, squares: 0, least: Infinity}));
  const pairs = count * units.reduce((sum, size) => sum + size, 0);
  await overChunks((values) =>
    forEachLayer(values, units, (part, i) => {
      const layer = at(layers, i);
      for (const value of part) {
        layer.squares += value * value;
        layer.least = Math.min(layer.least, Math.abs(value));
      }
    }),
  );
  const scales = layers.map(({size, squares}) => Math.sqrt(squares / (count * size)));
  if (!scales.every(Number.isFinite)) return {distance: Number.NaN, closePairs: 0, pairs};
  const distance = Math.min(...layers.map(({least}, i) => (least === 0 ? 0 : least / at(scales, i))));
  let closePairs = 0;
  // A second look, now that the scales are known; most networks need none.
  if (distance <= CLOSE) {
    await overChunks((values) =>
      forEachLayer(values, units, (part, i) => {
        const limit = CLOSE * at(scales, i);
        for (const value of part) if (Math.abs(value) <= limit) closePairs += 1;
      }),
    );
  }
  return {distance, closePairs, pairs};
}

/** Visits the part of each layer in each example's row. */
function forEachLayer(
  values: Float32Array,
  units: readonly number[],
  visit: (part: Float32Array, layer: number) => void,
): void {
  let first = 0;
  while (first < values.length) {
    for (const [i, size] of units.entries()) {
      visit(values.subarray(first, first + size), i);
      first += size;
    }
  }
}
