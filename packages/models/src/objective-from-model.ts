import {type Objective, InputError, at, checkOptions} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkCounts, checkFloats, checkLabels, checkPoint, networkCount} from './checks.ts';
import {chunkedObjective} from './chunked-objective.ts';
import {examplesPerCall, networksPerCall} from './examples-per-call.ts';
import {gatherRows} from './gather-rows.ts';
import {hessianProducts} from './hessian-products.ts';
import {crossEntropy, encodeLabels} from './log-odds.ts';
import {type Batch, lossGradient} from './loss-gradient.ts';
import {logProbabilities} from './log-probabilities.ts';
import {classCount, exampleSizeOf, type LogitsPurpose, type Model} from './model.ts';

const CALLER = 'objectiveFromModel';

/** Inputs and labels of n examples; `Dataset` of `@minefield/datasets` is one. */
export interface LabeledExamples {
  /** `[n, ...inputShape]`, row-major. */
  readonly inputs: Float32Array;
  /** Class of each example, `[n]`. */
  readonly labels: ArrayLike<number>;
}

export interface ObjectiveOptions {
  /** Networks evaluated in one call of the model. Default 64, or as many as fit into 1 GiB where each takes much of the heap. */
  readonly networks?: number | undefined;
  /** Examples evaluated in one call of the model. Default 2,048, or fewer for networks of images: {@link examplesPerCall}. */
  readonly examples?: number | undefined;
}

/**
 * The mean cross-entropy of a network on a data set, as a function of its parameters.
 *
 * Losses of single examples are summed in float64, in order, so the result does not depend on how the backend would
 * reduce them. Data are processed in chunks; once a partial sum alone puts a network above `limit`, it is left out of the
 * chunks that follow. `hessianVector` is one kernel where the model has {@link Model.logisticHessian}; else it differentiates the
 * loss's slope along the vector, from the model's {@link Model.logitsAlong} where it has that. Elsewhere it differentiates twice through TensorFlow.js, for models of one output only (the log-sum-exp of
 * many classes cannot be), which is silently wrong for some operations; so call it through the self-checked product of
 * `@minefield/landscape`.
 *
 * @throws {InputError} when there are no examples, sizes disagree, inputs are no `Float32Array`, a label is no class of the model,
 * or an option is below 1 or one that nobody reads
 */
export function objectiveFromModel(
  model: Model,
  data: LabeledExamples,
  options: ObjectiveOptions = {},
): Objective {
  checkOptions(`models.${CALLER}`, options, {networks: true, examples: true});
  checkExamples(model, data);
  const count = data.labels.length;
  const {examples: exampleChunk = examplesPerCall(model)} = options;
  const {networks: networkChunk = networksPerCall(model, Math.min(exampleChunk, count))} = options;
  checkCounts(CALLER, {networks: networkChunk, examples: exampleChunk});
  const {dimension} = model.layout;
  const {meanLosses, meanVectors, vectors} = chunkedObjective<Batch>({
    caller: CALLER,
    count,
    networkChunk,
    exampleChunk,
    batch: (examples) => batchOf(model, data, examples),
  });

  /** Parameters of the networks of some rows. */
  const points = (thetas: Float32Array, rows: Uint32Array): tf.Tensor2D =>
    tf.tensor2d(gatherRows(thetas, rows, dimension), [rows.length, dimension]);

  const point = (theta: Float32Array): tf.Tensor2D => tf.tensor2d(theta, [1, dimension]);

  const losses = (thetas: tf.Tensor2D, {inputs, labels}: Batch, purpose: LogitsPurpose): tf.Tensor2D =>
    crossEntropy(model.logits(thetas, inputs, purpose), labels);

  const loss: Objective['loss'] = async (thetas, evaluation = {}) =>
    meanLosses(networkCount(CALLER, thetas, dimension), evaluation, (rows, batch) =>
      losses(points(thetas, rows), batch, 'values'),
    );

  const lossAlong: Objective['lossAlong'] = async (anchor, rays, distances, evaluation = {}) => {
    checkPoint(CALLER, anchor, dimension);
    const networks = networkCount(CALLER, rays, dimension);
    if (distances.length !== networks) {
      throw new InputError(
        `models.objectiveFromModel: expected a distance for each of ${networks} rays, got ${distances.length}`,
      );
    }
    return meanLosses(networks, evaluation, (rows, batch) => {
      const steps = tf.tensor2d(
        Float32Array.from(rows, (row) => at(distances, row)),
        [rows.length, 1],
      );
      return losses(tf.add(point(anchor), tf.mul(points(rays, rows), steps)), batch, 'values');
    });
  };

  const gradient: Objective['gradient'] = async (theta, evaluation = {}) => {
    checkPoint(CALLER, theta, dimension);
    return meanVectors(evaluation, (batch) => lossGradient(model, point(theta), batch));
  };

  const products: NonNullable<Objective['hessianVectors']> = async (theta, given, evaluation = {}) => {
    checkPoint(CALLER, theta, dimension);
    const directions = networkCount(CALLER, given, dimension);
    return meanVectors(evaluation, (batch) =>
      hessianProducts(model, point(theta), tf.tensor2d(given, [directions, dimension]), batch),
    );
  };

  const hessianVector: Objective['hessianVector'] = async (theta, vector, evaluation = {}) => {
    checkPoint(CALLER, vector, dimension);
    return products(theta, vector, evaluation);
  };

  const predictions: Objective['predictions'] = async (thetas, evaluation = {}) =>
    vectors(networkCount(CALLER, thetas, dimension), classCount(model), evaluation, (rows, {inputs}) =>
      logProbabilities(model.logits(points(thetas, rows), inputs, 'values')),
    );

  return {
    dimension,
    layout: model.layout,
    preferredBatch: networkChunk,
    loss,
    lossAlong,
    gradient,
    ...(model.outputs === 1 || model.logitsAlong ? {hessianVector} : {}),
    // Elsewhere each is made on its own, and would only wait for the others.
    ...(model.outputs === 1 && model.logisticHessian ? {hessianVectors: products} : {}),
    predictions,
  };
}

/** Inputs that stand together are not copied. */
function batchOf(model: Model, {inputs, labels}: LabeledExamples, examples: Uint32Array): Batch {
  const size = exampleSizeOf(model);
  const first = at(examples, 0);
  const contiguous = examples.every((example, i) => example === first + i);
  const part = contiguous
    ? inputs.subarray(first * size, (first + examples.length) * size)
    : gatherRows(inputs, examples, size);
  return {
    inputs: tf.tensor(part, [examples.length, ...model.inputShape]),
    labels: encodeLabels(
      Array.from(examples, (example) => at(labels, example)),
      model.outputs,
    ),
  };
}

function checkExamples(model: Model, {inputs, labels}: LabeledExamples): void {
  checkFloats(`models.${CALLER}`, 'inputs', inputs);
  if (!labels?.length) {
    throw new InputError('models.objectiveFromModel: expected at least one example, got none');
  }
  if (inputs.length !== labels.length * exampleSizeOf(model)) {
    throw new InputError(
      `models.objectiveFromModel: expected inputs [${labels.length}, ${model.inputShape}], got ${inputs.length} numbers`,
    );
  }
  checkLabels(`models.${CALLER}`, labels, classCount(model));
}
