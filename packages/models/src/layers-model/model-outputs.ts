import {InputError, checkWord} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {shadow} from './layers-model-weights.ts';
import type {LayersModelLayer, LayersModelLike} from './layers-model.ts';
import {wholeNormalizations} from './whole-normalizations.ts';

/** What a model's outputs are: scores before a softmax or sigmoid, or probabilities after it. */
export type OutputKind = 'logits' | 'probabilities';

/** A function of a batch of inputs, at the weights that the model reads then. */
export type OfInputs<T extends tf.Tensor = tf.Tensor> = (inputs: readonly tf.Tensor[]) => T;

/** Smallest probability whose logarithm is taken: above the smallest normal float32. */
const TINY = 1e-37;

const linear = {apply: (x: tf.Tensor): tf.Tensor => x, getClassName: (): string => 'linear'};

/** The outputs `[n, ...]` in inference mode: dropout rests, batch normalization uses its moving statistics. */
export function outputsOf(model: LayersModelLike, caller = 'objectiveFromLayersModel'): OfInputs {
  return (inputs) => {
    const [first] = inputs;
    const given = inputs.length === 1 && first !== undefined ? first : [...inputs];
    const result = wholeNormalizations(() => model.apply(given, {training: false}));
    if (result instanceof tf.Tensor) return result;
    throw new InputError(`models.${caller}: expected "${model.name}" to give one tensor`);
  };
}

/**
 * Logits `[1, n, columns]` of a model whose outputs are `[n, columns]`. A softmax or sigmoid at its end is left out, so that
 * no digits are lost to probabilities near 0 and 1. Where it cannot be, logarithms of the probabilities are taken.
 *
 * @throws {InputError} when `kind` is absent and the last layer has another activation than linear, softmax or sigmoid, or when
 * several columns are sigmoids
 */
export function logitsOf(
  model: LayersModelLike,
  kind?: OutputKind,
  caller = 'objectiveFromLayersModel',
): OfInputs<tf.Tensor3D> {
  if (kind !== undefined)
    checkWord(`models.${caller}`, 'a kind of outputs', kind, ['logits', 'probabilities']);
  const outputs = outputsOf(model, caller);
  const table: OfInputs<tf.Tensor3D> = (inputs) => {
    const scores = outputs(inputs);
    return tf.reshape(scores, [1, ...scores.shape] as [number, number, number]);
  };
  if (kind === 'logits') return table;
  const last = lastLayer(model);
  if (last === undefined)
    throw new InputError(`models.${caller}: expected layers, got none in "${model.name}"`);
  const squashing = squashingOf(last);
  if (squashing === undefined && kind === undefined) {
    throw new InputError(
      `models.${caller}: expected a last layer with a linear, softmax or sigmoid activation, ` +
        `got ${activationOf(last) ?? 'no activation'} of ${last.getClassName()} "${last.name}"; ` +
        "say what the outputs are with {outputs: 'logits'} or {outputs: 'probabilities'}",
    );
  }
  if (squashing === 'sigmoid' && model.outputs[0]?.shape[1] !== 1) {
    throw new InputError(
      `models.${caller}: expected a softmax, or one column, for a cross-entropy of classes, ` +
        `got ${model.outputs[0]?.shape[1]} sigmoids; end the model with a softmax, or give a loss of your own`,
    );
  }
  if (squashing === 'none' && kind === undefined) return table;
  const squashed: OfInputs<tf.Tensor3D> = (inputs) => logarithms(table(inputs));
  if (squashing === undefined || squashing === 'none') return squashed;
  let appliedOnce = true;
  return (inputs) => {
    const logits = appliedOnce ? withoutSquashing(last, () => table(inputs)) : undefined;
    appliedOnce = logits !== undefined;
    return logits ?? squashed(inputs);
  };
}

/** The last layer of a model, or of the model inside where that is one; undefined where there is none. */
function lastLayer({
  layers = [],
  outputLayers: [last] = [],
}: Partial<Pick<LayersModelLike, 'layers' | 'outputLayers'>>): LayersModelLayer | undefined {
  const end: (LayersModelLayer & Partial<LayersModelLike>) | undefined = last ?? layers.at(-1);
  return end?.layers === undefined ? end : lastLayer(end);
}

/** What a layer does to its scores at the end; undefined where it is none of these. */
function squashingOf(layer: LayersModelLayer): 'softmax' | 'sigmoid' | 'none' | undefined {
  if (layer.getClassName() === 'Softmax') return 'softmax';
  const name = activationOf(layer);
  if (name === 'linear' || name === 'logSoftmax') return 'none';
  return name === 'softmax' || name === 'sigmoid' ? name : undefined;
}

function activationOf(layer: LayersModelLayer): string | undefined {
  const {activation} = layer as {readonly activation?: {getClassName?(): string}};
  return activation?.getClassName?.();
}

/**
 * What `evaluate` gives where the last layer's softmax or sigmoid is left out; undefined where the model applies that layer more
 * than once, so that the activation has to stay.
 */
function withoutSquashing<T>(last: LayersModelLayer, evaluate: () => T): T | undefined {
  let applications = 0;
  const call = last.call.bind(last);
  const counted: typeof call = (inputs, options) => {
    applications += 1;
    return call(inputs, options);
  };
  const undo = [
    shadow(last, 'call', counted),
    last.getClassName() === 'Softmax'
      ? shadow(last, 'softmax', linear.apply)
      : shadow(last, 'activation', linear),
  ];
  try {
    const outputs = evaluate();
    return applications === 1 ? outputs : undefined;
  } finally {
    for (const restore of undo) restore();
  }
}

/** Logits of probabilities `[1, n, columns]`: their logarithms, or of one column the log-odds. */
function logarithms(probabilities: tf.Tensor3D): tf.Tensor3D {
  const log = (values: tf.Tensor): tf.Tensor => tf.log(tf.maximum(values, TINY));
  if (probabilities.shape[2] !== 1) return log(probabilities) as tf.Tensor3D;
  return tf.sub(log(probabilities), log(tf.sub(1, probabilities))) as tf.Tensor3D;
}
