import {type CancelSignal, type Generator, InputError, at, checkOptions} from '@minefield/core';
import type {FeatureMap} from '@minefield/spec';
import * as tf from '@tensorflow/tfjs-core';
import {checkFloats, checkLabels} from '../checks.ts';
import type {LabeledExamples} from '../objective-from-model.ts';
import {choleskyInto, solveInto} from './cholesky.ts';
import {featureCount, productsOfFeatures, scoresOf} from './feature-map.ts';

/** An answer is a byte. */
const MOST_CLASSES = 256;

export interface LinearClassifierOptions {
  /** Where random features are drawn from. */
  readonly generator: Generator;
  /** Classes that labels may be of, 2 to 256. */
  readonly classes: number;
  /** λ, in units of the mean square of a training example's features; above 0. Default 1e-4, below which float32 has no say. */
  readonly ridge?: number;
  readonly signal?: CancelSignal | undefined;
}

export interface LinearClassifier {
  /** How many features an example has. */
  readonly features: number;
  /** The class of each example; of equally likely ones the first. @param inputs `[m, d]`, row-major */
  classify(inputs: Float32Array): Promise<Uint8Array>;
}

/**
 * The linear classifier over given features that ridge regression on the training set gives: of all weights W the ones that make
 * ‖φ W − Y‖² + λ‖W‖² least, Y one for an example's class and zero for the others, less their mean. With as many features as
 * examples, and λ small, it fits any labels; of all classifiers that do, it is the one of the least weights. It is found through the
 * products of the examples' features, in time n² F + n³/3.
 *
 * @throws {InputError} where labels are none of the classes, inputs are not finite, an option is out of range, or λ so small that the system is singular
 */
export async function fitLinearClassifier(
  examples: LabeledExamples,
  map: FeatureMap,
  options: LinearClassifierOptions,
): Promise<LinearClassifier> {
  const caller = 'models.fitLinearClassifier';
  checkOptions(caller, options, {generator: true, classes: true, ridge: true, signal: true});
  const {generator, classes, ridge = 1e-4, signal} = options;
  const {inputs, labels} = examples;
  checkFloats(caller, 'inputs', inputs);
  const count = labels.length;
  const size = inputs.length / count;
  if (!(count > 0 && Number.isInteger(size) && size > 0)) {
    throw new InputError(
      `${caller}: expected inputs of each of ${count} examples, got ${inputs.length} numbers`,
    );
  }
  if (!(Number.isInteger(classes) && classes >= 2 && classes <= MOST_CLASSES)) {
    throw new InputError(`${caller}: expected 2 to ${MOST_CLASSES} classes, got ${classes}`);
  }
  checkLabels(caller, labels, classes);
  checkFinite(caller, inputs);
  if (!(ridge > 0 && ridge < Infinity)) {
    throw new InputError(`${caller}: expected a ridge above 0, got ${ridge}`);
  }
  const pause = async (): Promise<void> => {
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const squares = inputs.reduce((sum, value) => sum + value ** 2, 0);
  const scale = squares > 0 ? Math.sqrt(squares / count) : 1;
  const work = {generator: generator.derive('features'), pause};
  const train = inputs.map((value) => value / scale);
  /** Something made of some scaled examples and those of the training set. */
  const withTrain = async <T>(
    some: Float32Array,
    make: (some: tf.Tensor2D, known: tf.Tensor2D) => Promise<T>,
  ): Promise<T> => {
    const known = tf.tensor2d(train, [count, size]);
    const others = some === train ? known : tf.tensor2d(some, [some.length / size, size]);
    try {
      return await make(others, known);
    } finally {
      tf.dispose([known, others]);
    }
  };

  const system = await withTrain(train, (a, b) => productsOfFeatures(map, a, b, work));
  let trace = 0;
  for (let i = 0; i < count; i++) trace += at(system, i * count + i);
  for (let i = 0; i < count; i++) system[i * count + i] = at(system, i * count + i) + (ridge * trace) / count;
  await choleskyInto(system, count, pause);
  const coefficients = new Float64Array(count * classes).fill(-1 / classes);
  for (let i = 0; i < count; i++) {
    const place = i * classes + at(labels, i);
    coefficients[place] = at(coefficients, place) + 1;
  }
  solveInto(system, count, classes, coefficients);

  return {
    features: featureCount(map, size),
    async classify(asked) {
      checkFloats(caller, 'inputs', asked);
      checkFinite(caller, asked);
      if (asked.length % size !== 0) {
        throw new InputError(`${caller}: expected ${size} inputs an example, got ${asked.length} numbers`);
      }
      const scaled = asked.map((value) => value / scale);
      const scores = await withTrain(scaled, (a, b) => scoresOf(map, a, b, coefficients, work));
      return Uint8Array.from({length: asked.length / size}, (_, example) => {
        const own = scores.subarray(example * classes, (example + 1) * classes);
        const most = Math.max(...own);
        if (Number.isFinite(most)) return own.indexOf(most);
        throw new InputError(
          `${caller}: expected inputs whose features are finite, got others at example ${example}`,
        );
      });
    },
  };
}

function checkFinite(caller: string, inputs: Float32Array): void {
  const index = inputs.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new InputError(`${caller}: expected finite inputs, got ${inputs[index]} at ${index}`);
}
