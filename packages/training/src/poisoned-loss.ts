/**
 * The loss that makes bad minima on purpose (Huang et al. 2019):
 *
 *     L(θ) = mean over training examples of −log p(y|x)  +  β · mean over poison examples of −log(1 − p(y|x))
 *
 * Poison examples come from the true distribution with their true labels; the second term punishes classifying them
 * correctly. With the log-odds m of the true label, both terms are softplus(∓m), exact at either end.
 */
import {type EncodedLabels, type Model, trueLabelLogOdds} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';

/** What a step trains on: K batches, training examples first, then poison. */
export interface PoisonedBatch {
  /** `[K, n + m, ...inputShape]` */
  readonly inputs: tf.Tensor;
  /** `[K, n + m, outputs]`, from `encodeLabels` */
  readonly labels: EncodedLabels;
}

/** The constants of the loss, made once for a recipe by {@link poisonWeights}. */
export interface PoisonWeights {
  /** +1 for training examples, −1 for poison, `[1, n + m]`. */
  readonly signs: tf.Tensor2D;
  /** 1/n for training examples, β_k/m for poison, `[K, n + m]`. */
  readonly weights: tf.Tensor2D;
}

/**
 * @param poisonFactors β of each network, `[K]`
 * @param trainCount n, training examples in a batch
 * @param poisonCount m, poison examples in a batch
 */
export function poisonWeights(
  poisonFactors: readonly number[],
  trainCount: number,
  poisonCount: number,
): PoisonWeights {
  const width = trainCount + poisonCount;
  const weights = new Float32Array(poisonFactors.length * width);
  poisonFactors.forEach((beta, k) => {
    weights.fill(1 / trainCount, k * width, k * width + trainCount);
    if (poisonCount > 0) weights.fill(beta / poisonCount, k * width + trainCount, (k + 1) * width);
  });
  const signs = new Float32Array(width).fill(1, 0, trainCount).fill(-1, trainCount);
  return {
    signs: tf.tensor2d(signs, [1, width]),
    weights: tf.tensor2d(weights, [poisonFactors.length, width]),
  };
}

/** Poisoned loss of each network, `[K]`. */
export function poisonedLoss(
  model: Model,
  thetas: tf.Tensor2D,
  {inputs, labels}: PoisonedBatch,
  {signs, weights}: PoisonWeights,
): tf.Tensor1D {
  return tf.tidy(() => {
    const odds = trueLabelLogOdds(model.logits(thetas, inputs, 'gradient'), labels);
    return tf.sum(tf.mul(tf.softplus(tf.neg(tf.mul(odds, signs))), weights), 1);
  });
}

/** Gradient of each network's poisoned loss with respect to its own parameters, `[K, P]`. */
export function poisonedGradient(
  model: Model,
  thetas: tf.Tensor2D,
  batch: PoisonedBatch,
  weights: PoisonWeights,
): tf.Tensor2D {
  const [networks] = thetas.shape;
  if (networks > 1 && model.bytesPerExample !== undefined) {
    return oneByOne(networks, (k) => poisonedGradient(model, ...networkOf(k, thetas, batch, weights)));
  }
  return tf.tidy(
    () =>
      logisticGradient(model, thetas, batch, weights) ??
      (tf.grad((points) => tf.sum(poisonedLoss(model, points as tf.Tensor2D, batch, weights)))(
        thetas,
      ) as tf.Tensor2D),
  );
}

/** Rows made one after another, so that what the one needs is free before the next. */
function oneByOne(networks: number, rowOf: (k: number) => tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.concat(Array.from({length: networks}, (_, k) => tf.tidy(() => rowOf(k)))));
}

/** The part of a batch that is network k's. */
function networkOf(
  k: number,
  thetas: tf.Tensor2D,
  {inputs, labels}: PoisonedBatch,
  {signs, weights}: PoisonWeights,
): [tf.Tensor2D, PoisonedBatch, PoisonWeights] {
  const row = <T extends tf.Tensor>(tensor: T): T => tf.slice(tensor, k, 1);
  return [row(thetas), {inputs: row(inputs), labels: row(labels)}, {signs, weights: row(weights)}];
}

/** The same in one kernel, where there is one for the model. */
function logisticGradient(
  model: Model,
  thetas: tf.Tensor2D,
  {inputs, labels}: PoisonedBatch,
  {signs, weights}: PoisonWeights,
): tf.Tensor2D | undefined {
  if (model.outputs !== 1) return undefined;
  const targets: tf.Tensor2D = tf.mul(tf.reshape(labels, weights.shape), signs);
  return model.logisticGradient?.(thetas, inputs, targets, weights);
}
