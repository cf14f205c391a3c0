import {type Objective, InputError, checkOptions, checkWord} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkCounts, checkPoint, networkCount, typeName} from '../checks.ts';
import {chunkedObjective} from '../chunked-objective.ts';
import {logProbabilities} from '../log-probabilities.ts';
import {exampleInputs, type LayersModelInputs} from './example-inputs.ts';
import {type ExampleLoss, type LayersModelLoss, type ModelLoss, modelLoss} from './example-loss.ts';
import {layersModelLayout} from './layers-model-layout.ts';
import {weightTensors, withWeights} from './layers-model-weights.ts';
import {type LayersModelLike, type LayersModelWeight, trainableWeightsOf} from './layers-model.ts';
import type {OutputKind} from './model-outputs.ts';
import {tangentOf} from './tangents/tangent-of.ts';

const CALLER = 'objectiveFromLayersModel';

/** n examples for a Layers model. */
export interface LayersModelExamples {
  /** See {@link LayersModelInputs}. */
  readonly inputs: LayersModelInputs;
  /**
   * For a cross-entropy class indices `[n]` or one-hot rows `[n, classes]`, otherwise targets `[n, ...]`. A tensor is read at once;
   * labels in it that are no class of the model are found by the first evaluation.
   */
  readonly labels: tf.Tensor | ArrayLike<number>;
}

export interface LayersModelObjectiveOptions {
  /** Default 'crossEntropy'. */
  readonly loss?: LayersModelLoss | undefined;
  /** What the outputs are, for a cross-entropy. Default: as the activation of the last layer says. */
  readonly outputs?: OutputKind | undefined;
  /** Parameter vectors evaluated between two waits for the backend. Default 16. */
  readonly networks?: number | undefined;
  /** Examples evaluated in one call of the model. Default 512. */
  readonly examples?: number | undefined;
}

/**
 * The mean loss of a TensorFlow.js Layers model on a data set, as a function of its trainable weights
 * ({@link layersModelLayout} says in which order, {@link readTrainableWeights} gives those it has).
 *
 * The model runs in inference mode: moving statistics of batch normalization are frozen, dropout rests. Its own weights are
 * never touched. Penalties of regularizers are no part of the loss. `hessianVector` carries the
 * derivative along the vector through the model and differentiates that once. It is there where the tangent of each kernel that the
 * model runs is known; elsewhere the products of `@minefield/landscape` are central differences of the gradient, and say so.
 *
 * @throws {InputError} when there are no examples, sizes disagree, a label is no class of the model, the model is stateful,
 * its outputs do not say what they are, or an option is below 1 or one that nobody reads
 * @example
 * const objective = objectiveFromLayersModel(model, {inputs, labels});
 * const theta = await readTrainableWeights(model);
 * const [loss] = await objective.loss(theta);
 */
export function objectiveFromLayersModel(
  model: LayersModelLike,
  data: LayersModelExamples,
  options: LayersModelObjectiveOptions = {},
): Objective {
  checkOptions(`models.${CALLER}`, options, {loss: true, outputs: true, networks: true, examples: true});
  const {
    networks: networkChunk = 16,
    examples: exampleChunk = 512,
    loss: lossKind = 'crossEntropy',
  } = options;
  if (data?.inputs === undefined || data.labels === undefined) {
    throw new InputError(
      `models.${CALLER}: expected examples as {inputs, labels}, got a value of type ${typeName(data)} without; give both`,
    );
  }
  checkCounts(CALLER, {networks: networkChunk, examples: exampleChunk});
  if (typeof lossKind !== 'function') {
    checkWord(`models.${CALLER}`, 'a loss', lossKind, ['crossEntropy', 'meanSquaredError']);
  }
  if (model.stateful) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected a model without state, got "${model.name}"; ` +
        'make its recurrent layers with {stateful: false}',
    );
  }
  const weights = trainableWeightsOf(CALLER, model);
  const layout = layersModelLayout(model);
  const {dimension} = layout;
  const {labels} = data;
  const inputs = exampleInputs(model, data.inputs);
  const size = labels instanceof tf.Tensor ? labels.size : labels.length;
  const {classification, withTargets} = modelLoss(model, inputs.count, size, lossKind, options.outputs);
  const ready =
    labels instanceof tf.Tensor ? readThen(labels, withTargets) : Promise.resolve(withTargets(labels));
  // Each evaluation reports it; until there is one, nobody need know.
  ready.catch(() => undefined);
  const {meanLosses, meanVectors, vectors} = chunkedObjective<Batch>({
    caller: CALLER,
    count: inputs.count,
    networkChunk,
    exampleChunk,
    batch: (examples) => ({tensors: inputs.batch(examples), examples}),
  });

  /** Evaluates with one of K vectors after another as weights, and stacks what comes of it. */
  const atEach = (thetas: Float32Array, rows: Uint32Array, evaluate: () => tf.Tensor): tf.Tensor =>
    tf.stack(
      Array.from(rows, (row) =>
        tf.tidy(() => {
          const theta = thetas.subarray(row * dimension, (row + 1) * dimension);
          return withWeights(weights, weightTensors(theta, layout), evaluate);
        }),
      ),
    );

  const loss: Objective['loss'] = async (thetas, evaluation = {}) => {
    const networks = networkCount(CALLER, thetas, dimension);
    const example = await ready;
    const bounded = example.nonNegative ? evaluation : {...evaluation, limit: Infinity};
    return meanLosses(networks, bounded, (rows, {tensors, examples}) =>
      atEach(thetas, rows, () => tf.reshape(example.losses(tensors, examples), [-1])),
    );
  };

  const gradient: Objective['gradient'] = async (theta, evaluation = {}) => {
    checkPoint(CALLER, theta, dimension);
    const example = await ready;
    return meanVectors(evaluation, ({tensors, examples}) => {
      const slopes = gradients(weightTensors(theta, layout), (moved) =>
        withWeights(weights, moved, () => tf.sum(example.losses(tensors, examples))),
      );
      return tf.concat(slopes.map((slope) => tf.reshape(slope, [-1])));
    });
  };

  const products: NonNullable<Objective['hessianVector']> = async (theta, vector, evaluation = {}) => {
    checkPoint(CALLER, theta, dimension);
    checkPoint(CALLER, vector, dimension);
    const example = await ready;
    return meanVectors(evaluation, ({tensors, examples}) =>
      product(weights, weightTensors(theta, layout), weightTensors(vector, layout), () =>
        example.losses(tensors, examples),
      ),
    );
  };

  /** Whether there are exact products, tried on one example, whatever its target. */
  const hasProducts = (): boolean =>
    tf.tidy(() => {
      const columns = size / inputs.count;
      const targets = Float32Array.from({length: size}, (_, i) => (i % columns === 0 ? 1 : 0));
      try {
        const [first, example] = [Uint32Array.of(0), withTargets(targets)];
        const here = weights.map((weight) => weight.read());
        const batch = inputs.batch(first);
        product(weights, here, here, () => example.losses(batch, first));
        return true;
      } catch {
        return false;
      }
    });

  const predictionsBy =
    ({logits, classes}: NonNullable<ModelLoss['classification']>): NonNullable<Objective['predictions']> =>
    async (thetas, evaluation = {}) =>
      vectors(networkCount(CALLER, thetas, dimension), classes, evaluation, (rows, {tensors}) =>
        atEach(thetas, rows, () => logProbabilities(logits(tensors))),
      );

  return {
    dimension,
    layout,
    preferredBatch: networkChunk,
    loss,
    gradient,
    ...(hasProducts() && {hessianVector: products}),
    ...(classification && {predictions: predictionsBy(classification)}),
  };
}

interface Batch {
  readonly tensors: tf.Tensor[];
  readonly examples: Uint32Array;
}

/**
 * Gradients of a scalar by each tensor. What the function throws is thrown only after a backward pass over something else:
 * TensorFlow.js disposes what it saved for that pass nowhere but there.
 */
function gradients(at: tf.Tensor[], scalar: (tensors: tf.Tensor[]) => tf.Scalar): tf.Tensor[] {
  const failures: unknown[] = [];
  const slopes = tf.grads((...tensors) => {
    try {
      return scalar(tensors);
    } catch (error) {
      failures.push(error);
      return tf.addN(tensors.map((tensor) => tf.sum(tensor)));
    }
  })(at);
  if (failures.length > 0) throw failures[0];
  return slopes;
}

/** Product of a direction with the Hessian of a sum of losses, `[P]`. */
function product(
  weights: readonly LayersModelWeight[],
  at: tf.Tensor[],
  directions: readonly tf.Tensor[],
  losses: () => tf.Tensor,
): tf.Tensor {
  const kept: tf.Tensor[] = [];
  try {
    const slopes = gradients(at, (moved) => {
      const slope = tf.sum(withWeights(weights, moved, () => tangentOf(moved, directions, losses, kept)));
      // Weights in which the loss is linear have a product, too: zero.
      const nothing = tf.mul(0, tf.addN(moved.map((tensor) => tf.sum(tensor))));
      return tf.add(slope, nothing);
    });
    return tf.concat(slopes.map((each) => tf.reshape(each, [-1])));
  } finally {
    tf.dispose(kept);
  }
}

async function readThen(
  tensor: tf.Tensor,
  withTargets: (values: ArrayLike<number>) => ExampleLoss,
): Promise<ExampleLoss> {
  return withTargets(await tensor.data());
}
