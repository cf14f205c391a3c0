import {type CancelSignal, InputError, checkOptions} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkCounts, checkFloats} from '../checks.ts';
import {exampleSizeOf} from '../model.ts';
import {requireBackend} from '../require-backend.ts';
import type {NormalizedModel, StatisticsSlice} from './normalized-model.ts';

const CALLER = 'models.estimateStatistics';

export interface StatisticsOptions {
  /** Most examples of a chunk; they are divided evenly. Default 256. */
  readonly batch?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

/**
 * Statistics of a network's normalizations over a set of examples, `[S]`, for {@link NormalizedModel.frozen}.
 *
 * The set is passed through the network in chunks of nearly equal size, each normalized by its own moments, as in training.
 * The mean of a channel is that of the chunks' means; its variance that of all its values, which is the mean of the chunks'
 * variances and the variance of their means. So the first layer's statistics are exact, and those of deeper layers are what
 * batches of this size see. Chunks are taken in order and summed in float64: the same set gives the same bits.
 *
 * @param theta `[P]`
 * @param inputs `[n, ...inputShape]`, the training set or as much of it as should do
 * @throws {InputError} when sizes disagree, there are no examples, `batch` is below 1, or an option is one that
 *   nobody reads
 */
export async function estimateStatistics(
  model: NormalizedModel,
  theta: Float32Array,
  inputs: Float32Array,
  options: StatisticsOptions = {},
): Promise<Float32Array> {
  checkOptions(CALLER, options, {batch: true, signal: true});
  const {batch = 256, signal} = options;
  checkCounts('estimateStatistics', {batch});
  checkFloats(CALLER, 'parameters', theta);
  checkFloats(CALLER, 'inputs', inputs);
  const size = exampleSizeOf(model);
  const count = inputs.length / size;
  if (theta.length !== model.layout.dimension || count < 1 || !Number.isInteger(count)) {
    throw new InputError(
      `models.estimateStatistics: expected ${model.layout.dimension} parameters and examples of ${size} numbers for ` +
        `${model.name}, got ${theta.length} and ${inputs.length} numbers`,
    );
  }
  requireBackend(CALLER);
  const {dimension, slices} = model.statistics;
  const variances = slices.filter(({kind}) => kind === 'variance');
  const chunks = Math.ceil(count / batch);
  // Of each channel the mean, and in the place of the variance the mean square.
  const total = new Float64Array(dimension);
  for (let chunk = 0; chunk < chunks; chunk++) {
    signal?.throwIfAborted();
    const from = Math.round((chunk * count) / chunks);
    const to = Math.round(((chunk + 1) * count) / chunks);
    const part = inputs.subarray(from * size, to * size);
    const moments = Float64Array.from(await momentsOf(model, theta, part, to - from));
    forEachChannel(variances, (variance, mean) => {
      moments[variance] = (moments[variance] ?? 0) + (moments[mean] ?? 0) ** 2;
    });
    for (let i = 0; i < dimension; i++)
      total[i] = (total[i] ?? 0) + ((to - from) / count) * (moments[i] ?? 0);
  }
  forEachChannel(variances, (variance, mean) => {
    total[variance] = Math.max(0, (total[variance] ?? 0) - (total[mean] ?? 0) ** 2);
  });
  return Float32Array.from(total);
}

/** Calls `visit` with the place of each channel's variance and of its mean, which stands as many places before as there are channels. */
function forEachChannel(
  variances: readonly StatisticsSlice[],
  visit: (variance: number, mean: number) => void,
): void {
  for (const {offset, size} of variances) for (let i = offset; i < offset + size; i++) visit(i, i - size);
}

async function momentsOf(
  model: NormalizedModel,
  theta: Float32Array,
  inputs: Float32Array,
  examples: number,
): Promise<ArrayLike<number>> {
  const moments = tf.tidy(() =>
    model.batchMoments(
      tf.tensor2d(theta, [1, theta.length]),
      tf.tensor(inputs, [examples, ...model.inputShape]),
    ),
  );
  const values = await moments.data();
  moments.dispose();
  return values;
}
