import {type EvaluationOptions, type Objective, InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {type Chunks, checkCounts, evaluateChunks, examplesOf, networkCount} from './evaluation.ts';
import {examplesPerCall} from './examples-per-call.ts';
import {gatherRows} from './gather-rows.ts';
import {crossEntropy, crossEntropySlope, encodeLabels} from './log-odds.ts';
import {logProbabilities} from './log-probabilities.ts';
import {classCount, type LogitsPurpose, type Model} from './model.ts';

const CALLER = 'objectiveFromModel';

/** Inputs and labels of n examples; `Dataset` of `@minefield/datasets` is one. */
export interface LabeledExamples {
  /** `[n, ...inputShape]`, row-major. */
  readonly inputs: Float32Array;
  /** Class of each example, `[n]`. */
  readonly labels: ArrayLike<number>;
}

export interface ObjectiveOptions {
  /** Networks evaluated in one call of the model. Default 64. */
  readonly networks?: number;
  /** Examples evaluated in one call of the model. Default 2,048, or fewer for networks of images: {@link examplesPerCall}. */
  readonly examples?: number;
}

/**
 * The mean cross-entropy of a network on a data set, as a function of its parameters.
 *
 * Losses of single examples are summed in float64, in order, so the result does not depend on how the backend would
 * reduce them. Data are processed in chunks; once a partial sum alone puts a network above `limit`, it is left out of the
 * chunks that follow. `hessianVector` differentiates the loss's slope along the vector, from the model's {@link Model.logitsAlong}
 * where it has that. Elsewhere it differentiates twice through TensorFlow.js, for models of one output only (the log-sum-exp of
 * many classes cannot be), which is silently wrong for some operations; so call it through the self-checked product of
 * `@minefield/landscape`.
 *
 * @throws {InputError} when there are no examples, sizes disagree, a label is no class of the model, or an option is below 1
 */
export function objectiveFromModel(
  model: Model,
  data: LabeledExamples,
  options: ObjectiveOptions = {},
): Objective {
  const {networks: networkChunk = 64, examples: exampleChunk = examplesPerCall(model)} = options;
  checkCounts(CALLER, {networks: networkChunk, examples: exampleChunk});
  const {dimension} = model.layout;
  const exampleSize = model.inputShape.reduce((product, length) => product * length, 1);
  const count = data.labels.length;
  checkExamples(model, data, exampleSize);
  const all = Uint32Array.from({length: count}, (_, i) => i);

  function batch(indices: Uint32Array): {inputs: tf.Tensor; labels: tf.Tensor3D} {
    const contiguous = indices.every((index, i) => index === (indices[0] ?? 0) + i);
    const first = indices[0] ?? 0;
    const inputs = contiguous
      ? data.inputs.subarray(first * exampleSize, (first + indices.length) * exampleSize)
      : gatherRows(data.inputs, indices, exampleSize);
    const labels = Array.from(indices, (index) => data.labels[index] ?? 0);
    return {
      inputs: tf.tensor(inputs, [indices.length, ...model.inputShape]),
      labels: encodeLabels(labels, model.outputs),
    };
  }

  function overChunks(
    examples: Uint32Array,
    chunks: Pick<Chunks, 'signal' | 'enough'>,
    make: (inputs: tf.Tensor, labels: tf.Tensor3D) => tf.Tensor,
    use: (values: Float32Array, first: number, length: number) => void,
  ): Promise<void> {
    return evaluateChunks(
      {...chunks, count: examples.length, size: exampleChunk},
      (first, length) => {
        const {inputs, labels} = batch(examples.subarray(first, first + length));
        return make(inputs, labels);
      },
      use,
    );
  }

  async function lossOf(
    makeThetas: (rows: Uint32Array) => tf.Tensor2D,
    networks: number,
    evaluation: EvaluationOptions,
  ) {
    const examples = examplesOf(CALLER, all, evaluation);
    const total = examples.length;
    const bound = (evaluation.limit ?? Infinity) * total;
    const sums = new Float64Array(networks);
    for (let first = 0; first < networks; first += networkChunk) {
      let rows = Uint32Array.from({length: Math.min(networkChunk, networks - first)}, (_, i) => first + i);
      await overChunks(
        examples,
        {signal: evaluation.signal, enough: () => rows.length === 0},
        (inputs, labels) => crossEntropy(model.logits(makeThetas(rows), inputs, 'values'), labels),
        (values, _, size) => {
          rows.forEach((row, i) => {
            let sum = sums[row] ?? 0;
            for (let j = 0; j < size; j++) sum += values[i * size + j] ?? 0;
            sums[row] = sum;
          });
          rows = rows.filter((row) => !((sums[row] ?? 0) > bound));
        },
      );
    }
    return sums.map((sum) => sum / total);
  }

  async function loss(thetas: Float32Array, evaluation: EvaluationOptions = {}): Promise<Float64Array> {
    const networks = networkCount(CALLER, thetas, dimension);
    return lossOf(
      (rows) => tf.tensor2d(gatherRows(thetas, rows, dimension), [rows.length, dimension]),
      networks,
      evaluation,
    );
  }

  async function lossAlong(
    anchor: Float32Array,
    rays: Float32Array,
    distances: Float64Array,
    evaluation: EvaluationOptions = {},
  ): Promise<Float64Array> {
    const networks = networkCount(CALLER, rays, dimension);
    if (distances.length !== networks) {
      throw new InputError(
        `models.objectiveFromModel: expected a distance for each of ${networks} rays, got ${distances.length}`,
      );
    }
    return lossOf(
      (rows) =>
        tf.add(
          tf.tensor2d(anchor, [1, dimension]),
          tf.mul(
            tf.tensor2d(gatherRows(rays, rows, dimension), [rows.length, dimension]),
            tf.tensor2d(
              Float32Array.from(rows, (row) => distances[row] ?? 0),
              [rows.length, 1],
            ),
          ),
        ),
      networks,
      evaluation,
    );
  }

  /** Sums a vector over chunks of examples in float64 and divides once by the number of examples. */
  async function meanVector(
    evaluation: EvaluationOptions,
    ofChunk: (inputs: tf.Tensor, labels: tf.Tensor3D) => tf.Tensor,
  ): Promise<Float32Array> {
    const sum = new Float64Array(dimension);
    const examples = examplesOf(CALLER, all, evaluation);
    await overChunks(examples, {signal: evaluation.signal}, ofChunk, (values) => {
      for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) + (values[i] ?? 0);
    });
    return Float32Array.from(sum, (value) => value / examples.length);
  }

  const summedLoss = (
    theta: tf.Tensor,
    inputs: tf.Tensor,
    labels: tf.Tensor3D,
    purpose: LogitsPurpose,
  ): tf.Scalar => tf.sum(crossEntropy(model.logits(theta as tf.Tensor2D, inputs, purpose), labels));

  function gradient(theta: Float32Array, evaluation: EvaluationOptions = {}): Promise<Float32Array> {
    return meanVector(evaluation, (inputs, labels) =>
      tf.grad((point) => summedLoss(point, inputs, labels, 'gradient'))(tf.tensor2d(theta, [1, dimension])),
    );
  }

  function hessianVector(
    theta: Float32Array,
    vector: Float32Array,
    evaluation: EvaluationOptions = {},
  ): Promise<Float32Array> {
    return meanVector(evaluation, (inputs, labels) => {
      const direction = tf.tensor2d(vector, [1, dimension]);
      const slope = (point: tf.Tensor): tf.Tensor => {
        if (model.logitsAlong === undefined) {
          return tf.sum(
            tf.mul(tf.grad((inner) => summedLoss(inner, inputs, labels, 'any'))(point), direction),
          );
        }
        const {logits, derivative} = model.logitsAlong(point as tf.Tensor2D, direction, inputs);
        const bySlope = crossEntropySlope(tf.expandDims(logits, 0), labels);
        return tf.sum(tf.mul(bySlope, derivative));
      };
      return tf.grad(slope)(tf.tensor2d(theta, [1, dimension]));
    });
  }

  async function predictions(
    thetas: Float32Array,
    evaluation: EvaluationOptions = {},
  ): Promise<Float32Array> {
    const networks = networkCount(CALLER, thetas, dimension);
    const examples = examplesOf(CALLER, all, evaluation);
    const total = examples.length;
    const classes = classCount(model);
    const out = new Float32Array(networks * total * classes);
    for (let first = 0; first < networks; first += networkChunk) {
      const rows = Math.min(networkChunk, networks - first);
      await overChunks(
        examples,
        {signal: evaluation.signal},
        (inputs) => {
          const points = thetas.subarray(first * dimension, (first + rows) * dimension);
          return logProbabilities(model.logits(tf.tensor2d(points, [rows, dimension]), inputs, 'values'));
        },
        (values, done, size) => {
          for (let k = 0; k < rows; k++) {
            const part = values.subarray(k * size * classes, (k + 1) * size * classes);
            out.set(part, ((first + k) * total + done) * classes);
          }
        },
      );
    }
    return out;
  }

  return {
    dimension,
    layout: model.layout,
    preferredBatch: networkChunk,
    loss,
    lossAlong,
    gradient,
    ...(model.outputs === 1 || model.logitsAlong ? {hessianVector} : {}),
    predictions,
  };
}

function checkExamples(model: Model, {inputs, labels}: LabeledExamples, exampleSize: number): void {
  if (labels.length === 0) {
    throw new InputError('models.objectiveFromModel: expected at least one example, got none');
  }
  if (inputs.length !== labels.length * exampleSize) {
    throw new InputError(
      `models.objectiveFromModel: expected inputs [${labels.length}, ${model.inputShape}], got ${inputs.length} numbers`,
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? Number.NaN;
    if (!Number.isInteger(label) || label < 0 || label >= classCount(model)) {
      throw new InputError(
        `models.objectiveFromModel: expected labels in 0..${classCount(model) - 1}, got ${label} at example ${i}`,
      );
    }
  }
}
