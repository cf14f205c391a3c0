import {type EvaluationOptions, type Objective, InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {type Chunks, checkCounts, evaluateChunks, examplesOf, networkCount} from '../evaluation.ts';
import {logProbabilities} from '../log-probabilities.ts';
import {exampleInputs, type LayersModelInputs} from './example-inputs.ts';
import {type ExampleLoss, type LayersModelLoss, modelLoss} from './example-loss.ts';
import {layersModelLayout} from './layers-model-layout.ts';
import {weightTensors, withWeights} from './layers-model-weights.ts';
import {type LayersModelLike, trainableWeightsOf} from './layers-model.ts';
import type {OfInputs, OutputKind} from './model-outputs.ts';

const CALLER = 'objectiveFromLayersModel';

export interface LayersModelObjectiveOptions {
  /** Default 'crossEntropy'. */
  readonly loss?: LayersModelLoss;
  /** What the outputs are, for a cross-entropy. Default: as the activation of the last layer says. */
  readonly outputs?: OutputKind;
  /** Parameter vectors evaluated between two waits for the backend. Default 16. */
  readonly networks?: number;
  /** Examples evaluated in one call of the model. Default 512. */
  readonly examples?: number;
}

/**
 * The mean loss of a TensorFlow.js Layers model on a data set, as a function of its trainable weights
 * ({@link layersModelLayout} says in which order, {@link readTrainableWeights} gives those it has).
 *
 * The model runs in inference mode: moving statistics of batch normalisation are frozen, dropout rests. Its own weights are
 * never touched. Penalties of regularizers are no part of the loss. There is no `hessianVector`, because TensorFlow.js
 * differentiates many layers wrongly twice; the products of `@minefield/landscape` are central differences of the gradient.
 *
 * @param xs n examples: see {@link LayersModelInputs}
 * @param ys for a cross-entropy class indices `[n]` or one-hot rows `[n, classes]`, otherwise targets `[n, ...]`. A tensor
 * is read at once; labels in it that are no class of the model are found by the first evaluation
 * @throws {InputError} when there are no examples, sizes disagree, a label is no class of the model, the model is stateful,
 * its outputs do not say what they are, or an option is below 1
 * @example
 * const objective = objectiveFromLayersModel(model, xs, ys);
 * const theta = await readTrainableWeights(model);
 * const [loss] = await objective.loss(theta);
 */
export function objectiveFromLayersModel(
  model: LayersModelLike,
  xs: LayersModelInputs,
  ys: tf.Tensor | ArrayLike<number>,
  options: LayersModelObjectiveOptions = {},
): Objective {
  const {
    networks: networkChunk = 16,
    examples: exampleChunk = 512,
    loss: lossKind = 'crossEntropy',
  } = options;
  checkCounts(CALLER, {networks: networkChunk, examples: exampleChunk});
  if (model.stateful) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected a model without state, got "${model.name}"; ` +
        'make its recurrent layers with {stateful: false}',
    );
  }
  const weights = trainableWeightsOf(CALLER, model);
  const layout = layersModelLayout(model);
  const {dimension} = layout;
  const inputs = exampleInputs(model, xs);
  const size = ys instanceof tf.Tensor ? ys.size : ys.length;
  const {logits, withTargets} = modelLoss(model, inputs.count, size, lossKind, options.outputs);
  const ready = ys instanceof tf.Tensor ? readThen(ys, withTargets) : Promise.resolve(withTargets(ys));
  // Each evaluation reports it; until there is one, nobody need know.
  ready.catch(() => undefined);
  const all = Uint32Array.from({length: inputs.count}, (_, i) => i);

  function overChunks(
    examples: Uint32Array,
    chunks: Pick<Chunks, 'signal' | 'enough'>,
    make: (batch: tf.Tensor[], chunk: Uint32Array) => tf.Tensor,
    use: (values: Float32Array, first: number, length: number) => void,
  ): Promise<void> {
    return evaluateChunks(
      {...chunks, count: examples.length, size: exampleChunk},
      (first, length) => {
        const chunk = examples.subarray(first, first + length);
        return make(inputs.batch(chunk), chunk);
      },
      use,
    );
  }

  /** Evaluates with one of K vectors after another as weights, and stacks what comes of it. */
  const atEach = (thetas: Float32Array, rows: ArrayLike<number>, evaluate: () => tf.Tensor): tf.Tensor =>
    tf.stack(
      Array.from(rows, (row) =>
        tf.tidy(() => {
          const theta = thetas.subarray(row * dimension, (row + 1) * dimension);
          return withWeights(weights, weightTensors(theta, layout), evaluate);
        }),
      ),
    );

  async function loss(thetas: Float32Array, evaluation: EvaluationOptions = {}): Promise<Float64Array> {
    const networks = networkCount(CALLER, thetas, dimension);
    const examples = examplesOf(CALLER, all, evaluation);
    const total = examples.length;
    const example = await ready;
    const bound = example.nonNegative ? (evaluation.limit ?? Infinity) * total : Infinity;
    const sums = new Float64Array(networks);
    for (let from = 0; from < networks; from += networkChunk) {
      let rows = Array.from({length: Math.min(networkChunk, networks - from)}, (_, i) => from + i);
      await overChunks(
        examples,
        {signal: evaluation.signal, enough: () => rows.length === 0},
        (batch, chunk) => atEach(thetas, rows, () => tf.reshape(example.losses(batch, chunk), [-1])),
        (values, _, length) => {
          rows.forEach((row, k) => {
            for (let i = 0; i < length; i++) sums[row] = (sums[row] ?? 0) + (values[k * length + i] ?? 0);
          });
          rows = rows.filter((row) => !((sums[row] ?? 0) > bound));
        },
      );
    }
    return sums.map((sum) => sum / total);
  }

  async function gradient(theta: Float32Array, evaluation: EvaluationOptions = {}): Promise<Float32Array> {
    if (theta.length !== dimension) {
      throw new InputError(
        `models.objectiveFromLayersModel: expected ${dimension} parameters, got ${theta.length}; ` +
          'use a vector of the same architecture',
      );
    }
    const examples = examplesOf(CALLER, all, evaluation);
    const example = await ready;
    const sum = new Float64Array(dimension);
    await overChunks(
      examples,
      {signal: evaluation.signal},
      (batch, chunk) => {
        const slopes = gradients(weightTensors(theta, layout), (tensors) =>
          withWeights(weights, tensors, () => tf.sum(example.losses(batch, chunk))),
        );
        return tf.concat(slopes.map((slope) => tf.reshape(slope, [-1])));
      },
      (values) => {
        for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) + (values[i] ?? 0);
      },
    );
    return Float32Array.from(sum, (value) => value / examples.length);
  }

  async function predictionsOf(
    logitsOfBatch: OfInputs<tf.Tensor3D>,
    thetas: Float32Array,
    evaluation: EvaluationOptions,
  ): Promise<Float32Array> {
    const networks = networkCount(CALLER, thetas, dimension);
    const examples = examplesOf(CALLER, all, evaluation);
    const rowsPerNetwork = examples.length;
    const classes = Math.max(2, model.outputs[0]?.shape[1] ?? 0);
    const out = new Float32Array(networks * rowsPerNetwork * classes);
    for (let from = 0; from < networks; from += networkChunk) {
      const rows = Array.from({length: Math.min(networkChunk, networks - from)}, (_, i) => from + i);
      await overChunks(
        examples,
        {signal: evaluation.signal},
        (batch) => atEach(thetas, rows, () => logProbabilities(logitsOfBatch(batch))),
        (values, first, length) => {
          rows.forEach((row, k) => {
            const part = values.subarray(k * length * classes, (k + 1) * length * classes);
            out.set(part, (row * rowsPerNetwork + first) * classes);
          });
        },
      );
    }
    return out;
  }

  return {
    dimension,
    layout,
    preferredBatch: networkChunk,
    loss,
    gradient,
    ...(logits && {predictions: (thetas, evaluation = {}) => predictionsOf(logits, thetas, evaluation)}),
  };
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

async function readThen(
  tensor: tf.Tensor,
  withTargets: (values: ArrayLike<number>) => ExampleLoss,
): Promise<ExampleLoss> {
  return withTargets(await tensor.data());
}
