import {type EvaluationOptions, type Objective, checkOptions, checkWord} from '@minefield/core';
import {BatchRunner, failure} from './objective/batch-runner.ts';
import {type OnnxExamples, examplesFor, refusal} from './objective/examples.ts';
import {type ExampleLoss, type OnnxLoss, exampleLoss} from './objective/loss.ts';
import type {OnnxRuntime, SessionOptions} from './objective/runtime.ts';
import type {OnnxModel} from './read-onnx.ts';

export interface OnnxObjectiveOptions {
  /** Default: `logistic` of one output, `crossEntropy` of several. */
  readonly loss?: OnnxLoss | undefined;
  /** Most examples evaluated in one call of the model. Default 256; a model of a fixed number takes that many. */
  readonly batch?: number | undefined;
  /** What the runtime is told when it opens the model. */
  readonly session?: SessionOptions | undefined;
}

/** An objective that an ONNX runtime evaluates; it has values alone, and no gradient. */
export interface OnnxObjective extends Objective {
  /** In words. */
  readonly name: string;
  /** The weights that the model came with, `[P]`. */
  readonly anchor: Float32Array;
  /** How many examples the loss averages over. */
  readonly examples: number;
  /** What a reader should know. */
  readonly notes: readonly string[];
  /** Has the runtime forget the model. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Default of {@link OnnxObjectiveOptions.batch}. */
const BATCH = 256;

/** Most numbers of the parameter vectors of one call. */
const MOST_NUMBERS = 2 ** 22;

/**
 * The mean loss of an ONNX model on a data set, as a function of its parameters. The model is evaluated once as it came, so that what
 * does not fit shows at once. Losses of single examples are computed from the outputs, and summed, in float64 and in order; their
 * bits are the runtime's, which promises none from one machine to another. Losses are handed over as they are, NaN and infinities
 * included.
 *
 * There are no gradients, so neither spectra nor learning coefficients nor preconditioned volumes: the program that the model comes
 * from has them, and `@minefield/evaluator` asks it.
 *
 * @param runtime `onnxruntime-node` or `onnxruntime-web`, imported whole
 * @param model what {@link readOnnx} made of the bytes
 * @throws {InputError} where the runtime refuses the model, or examples and labels do not fit it
 * @example
 * import * as ort from 'onnxruntime-node';
 * await using objective = await onnxObjective(ort, readOnnx(bytes), {
 *   inputs: {shape: [n, 784], data: pixels},
 *   labels: {shape: [n], data: digits},
 * });
 */
export async function onnxObjective(
  runtime: OnnxRuntime,
  model: OnnxModel,
  data: OnnxExamples,
  options: OnnxObjectiveOptions = {},
): Promise<OnnxObjective> {
  checkOptions('onnx.onnxObjective', options, {loss: true, batch: true, session: true});
  const {batch = BATCH, session: sessionOptions = {}} = options;
  if (!Number.isInteger(batch) || batch < 1)
    throw refusal('a batch of examples from 1', `${batch}`, 'give a whole number');
  if (options.loss !== undefined) {
    checkWord('onnx.onnxObjective', 'a loss', options.loss, ['crossEntropy', 'logistic', 'meanSquaredError']);
  }
  const {layout, anchor, file, notes} = model;
  const {dimension} = layout;
  const examples = examplesFor(model.inputs, data.inputs, file);
  const all = Uint32Array.from({length: examples.count}, (_, i) => i);
  const session = await runtime.InferenceSession.create(model.bytes, sessionOptions).catch(
    (error: unknown) => {
      throw failure(file, error);
    },
  );
  const close = (): Promise<void> => session.release();
  const runner = new BatchRunner(runtime, session, model, examples);
  const most = examples.fixedBatch ?? batch;

  /** What the outputs of a first batch say of the loss. */
  const prepared = async (): Promise<{example: ExampleLoss; kind: OnnxLoss}> => {
    const {shape} = await runner.run(runner.parameterFeeds(anchor), all.subarray(0, most));
    const kind = options.loss ?? ((shape.at(-1) ?? 1) === 1 ? 'logistic' : 'crossEntropy');
    if (kind === 'meanSquaredError' && model.output.leftOut) {
      throw refusal(
        'outputs that are numbers for squared errors',
        `probabilities of a ${model.output.leftOut}`,
        'ask for a cross-entropy',
      );
    }
    return {example: exampleLoss(kind, data.labels, examples.count, shape), kind};
  };
  const {example, kind} = await prepared().catch(async (error: unknown) => {
    await close();
    throw error;
  });

  const loss: Objective['loss'] = async (thetas, evaluation = {}) => {
    const rows = examplesOf(evaluation, all);
    const bound = (evaluation.limit ?? Infinity) * rows.length;
    const losses = new Float64Array(pointsIn(thetas, dimension));
    for (let k = 0; k < losses.length; k++) {
      const feeds = runner.parameterFeeds(thetas.subarray(k * dimension, (k + 1) * dimension));
      let sum = 0;
      // No loss is negative: a partial sum above the limit decides.
      for (let from = 0; from < rows.length && !(sum > bound); from += most) {
        evaluation.signal?.throwIfAborted();
        const some = rows.subarray(from, from + most);
        const outputs = await runner.run(feeds, some);
        for (const [i, row] of some.entries()) sum += example.lossOf(row, outputs, i);
      }
      losses[k] = sum / rows.length;
    }
    return losses;
  };

  const predictions: NonNullable<Objective['predictions']> = async (thetas, evaluation = {}) => {
    const rows = examplesOf(evaluation, all);
    const points = pointsIn(thetas, dimension);
    const {classes} = example;
    const found = new Float32Array(points * rows.length * classes);
    for (let k = 0; k < points; k++) {
      const feeds = runner.parameterFeeds(thetas.subarray(k * dimension, (k + 1) * dimension));
      for (let from = 0; from < rows.length; from += most) {
        evaluation.signal?.throwIfAborted();
        const some = rows.subarray(from, from + most);
        const outputs = await runner.run(feeds, some);
        some.forEach((_, i) => {
          example.logProbabilitiesInto(found, (k * rows.length + from + i) * classes, outputs, i);
        });
      }
    }
    return found;
  };

  return {
    name: `${file}, ${NAMES[kind]} on ${examples.count} ${examples.count === 1 ? 'example' : 'examples'}`,
    dimension,
    layout,
    anchor: anchor.slice(),
    examples: examples.count,
    notes,
    preferredBatch: Math.max(1, Math.min(16, Math.floor(MOST_NUMBERS / dimension))),
    loss,
    ...(example.classes > 0 && {predictions}),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const NAMES: Readonly<Record<OnnxLoss, string>> = {
  crossEntropy: 'cross-entropy',
  logistic: 'logistic loss',
  meanSquaredError: 'squared error',
};

function pointsIn(thetas: Float32Array, dimension: number): number {
  const points = thetas.length / dimension;
  if (thetas instanceof Float32Array && Number.isInteger(points)) return points;
  throw refusal(
    `points of ${dimension} parameters`,
    `${thetas.length} numbers`,
    'give [K, P] in a Float32Array',
  );
}

function examplesOf(evaluation: EvaluationOptions, all: Uint32Array): Uint32Array {
  checkOptions('onnx.onnxObjective', evaluation, {limit: true, examples: true, signal: true});
  const {examples} = evaluation;
  if (examples === undefined) return all;
  const beyond = examples.find((index) => index >= all.length);
  if (examples.length > 0 && beyond === undefined) return examples;
  throw refusal(
    `examples from 0 to ${all.length - 1}`,
    beyond === undefined ? 'none' : `${beyond}`,
    'name some of them',
  );
}
