/** What is measured of networks while they train: how they do on their sets, and on the poison of the step. */
import {type CancelSignal, at} from '@minefield/core';
import {
  type Model,
  type NormalizedModel,
  estimateStatistics,
  exampleSizeOf,
  isNormalized,
  poisonCrossEntropy,
} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {type Evaluation, evaluate} from './evaluate.ts';
import type {NetworkTask} from './network-task.ts';
import {readRows} from './parameter-rows.ts';
import type {PoisonedBatch} from './poisoned-loss.ts';
import type {TrainingRecipe} from '@minefield/spec';

export interface NetworkMeasurement {
  readonly theta: Float32Array;
  readonly onTrain: Evaluation;
  readonly onTest: Evaluation;
  /** Mean −log(1 − p_y) on the poison examples of the batch, without the factor β; 0 where there are none. */
  readonly poisonLoss: number;
}

/**
 * @param thetas `[K, P]`
 * @param tasks those of the networks, `[K]`
 * @param batch of the step: training examples, then `recipe.poisonPoints` of poison
 */
export async function measureNetworks(
  network: Model | NormalizedModel,
  thetas: tf.Tensor2D,
  tasks: readonly NetworkTask[],
  batch: PoisonedBatch,
  recipe: TrainingRecipe,
): Promise<NetworkMeasurement[]> {
  const rows = await readRows(thetas);
  const model = isNormalized(network) ? await frozenAt(network, rows, tasks, recipe) : network;
  const onTrain = await evaluate(
    model,
    thetas,
    tasks.map(({train}) => train),
  );
  const onTest = await evaluate(
    model,
    thetas,
    tasks.map(({test}) => test),
  );
  const onPoison = await poisonLosses(model, thetas, batch, recipe.poisonPoints ?? 0);
  return rows.map((theta, k) => ({
    theta,
    onTrain: at(onTrain, k),
    onTest: at(onTest, k),
    poisonLoss: at(onPoison, k),
  }));
}

/** Statistics of a network's normalizations over its training set, or the part of it that the recipe says. */
export function trainingStatistics(
  network: NormalizedModel,
  theta: Float32Array,
  {train}: NetworkTask,
  {statisticsExamples = Infinity}: TrainingRecipe,
  signal?: CancelSignal,
): Promise<Float32Array> {
  const examples = train.inputs.subarray(0, statisticsExamples * exampleSizeOf(network));
  return estimateStatistics(network, theta, examples, {signal});
}

/** The networks with the statistics fixed that each has at its parameters. */
async function frozenAt(
  network: NormalizedModel,
  thetas: readonly Float32Array[],
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
): Promise<Model> {
  const {dimension} = network.statistics;
  const statistics = new Float32Array(thetas.length * dimension);
  for (const [k, theta] of thetas.entries()) {
    statistics.set(await trainingStatistics(network, theta, at(tasks, k), recipe), k * dimension);
  }
  return network.frozen(statistics);
}

/** Mean −log(1 − p_y) of each network on the poison part of a batch. */
async function poisonLosses(
  model: Model,
  thetas: tf.Tensor2D,
  {inputs, labels}: PoisonedBatch,
  poisonPoints: number,
): Promise<number[]> {
  const [networks] = thetas.shape;
  if (poisonPoints === 0) return new Array<number>(networks).fill(0);
  const losses = tf.tidy((): tf.Tensor2D => {
    const all = poisonCrossEntropy(model.logits(thetas, inputs, 'values'), labels);
    return tf.slice(all, [0, at(all.shape, 1) - poisonPoints], [networks, poisonPoints]);
  });
  const rows = await readRows(losses);
  losses.dispose();
  return rows.map((row) => row.reduce((sum, loss) => sum + loss, 0) / poisonPoints);
}
