import * as tf from '@tensorflow/tfjs-core';
import {shadow} from './layers-model-weights.ts';
import type {LayersModelLayer, LayersModelLike} from './layers-model.ts';

/** What a model's outputs are: scores before a softmax or sigmoid, or probabilities after it. */
export type OutputKind = 'logits' | 'probabilities';

/** A function of a batch of inputs, at the weights that the model reads then. */
export type OfInputs<T extends tf.Tensor = tf.Tensor> = (inputs: readonly tf.Tensor[]) => T;

/** Smallest probability whose logarithm is taken: above the smallest normal float32. */
const TINY = 1e-37;

const linear = {apply: (x: tf.Tensor): tf.Tensor => x, getClassName: (): string => 'linear'};

/** The outputs `[n, ...]` in inference mode: dropout rests, batch normalisation uses its moving statistics. */
export function outputsOf(model: LayersModelLike, caller = 'objectiveFromLayersModel'): OfInputs {
  return (inputs) => {
    const [first] = inputs;
    const result = model.apply(inputs.length === 1 && first !== undefined ? first : [...inputs], {
      training: false,
    });
    if (result instanceof tf.Tensor) return result;
    throw new TypeError(`models.${caller}: expected "${model.name}" to give one tensor`);
  };
}

/**
 * Logits `[1, n, columns]` of a model whose outputs are `[n, columns]`. A softmax or sigmoid at its end is left out, so that
 * no digits are lost to probabilities near 0 and 1. Where it cannot be, logarithms of the probabilities are taken.
 *
 * @throws {RangeError} when `kind` is absent and the last layer does not tell, or when several columns are sigmoids
 */
export function logitsOf(
  model: LayersModelLike,
  kind?: OutputKind,
  caller = 'objectiveFromLayersModel',
): OfInputs<tf.Tensor3D> {
  const outputs = outputsOf(model, caller);
  const table: OfInputs<tf.Tensor3D> = (inputs) => {
    const scores = outputs(inputs);
    return tf.reshape(scores, [1, scores.shape[0] ?? 0, scores.shape[1] ?? 1]);
  };
  if (kind === 'logits') return table;
  const last = lastLayer(model, caller);
  const squashing = squashingOf(last);
  if (squashing === undefined && kind === undefined) {
    throw new RangeError(
      `models.${caller}: expected a last layer with an activation, got ${last.getClassName()} ` +
        `"${last.name}"; say what the outputs are with {outputs: 'logits'} or {outputs: 'probabilities'}`,
    );
  }
  if (squashing === 'sigmoid' && model.outputs[0]?.shape[1] !== 1) {
    throw new RangeError(
      `models.${caller}: expected a softmax, or one column, for a cross-entropy of classes, ` +
        `got ${model.outputs[0]?.shape[1]} sigmoids; end the model with a softmax, or give a loss of your own`,
    );
  }
  if (squashing === 'none' && kind === undefined) return table;
  if (squashing === undefined || squashing === 'none' || servesElsewhere(last)) {
    return (inputs) => logarithms(table(inputs));
  }
  const isLayer = last.getClassName() === 'Softmax';
  return (inputs) => {
    const restore = isLayer ? shadow(last, 'softmax', linear.apply) : shadow(last, 'activation', linear);
    try {
      return table(inputs);
    } finally {
      restore();
    }
  };
}

/** The last layer of a model, or of the model inside where that is one. */
function lastLayer(
  model: Pick<LayersModelLike, 'name' | 'outputLayers' | 'layers'>,
  caller: string,
): LayersModelLayer {
  const last = model.outputLayers[0] ?? model.layers.at(-1);
  if (last === undefined) {
    throw new RangeError(`models.${caller}: expected layers, got none in "${model.name}"`);
  }
  const {layers, outputLayers = []} = last as LayersModelLayer & Partial<LayersModelLike>;
  return layers === undefined ? last : lastLayer({name: last.name, layers, outputLayers}, caller);
}

/** What a layer does to its scores at the end; undefined where it does not tell. */
function squashingOf(layer: LayersModelLayer): 'softmax' | 'sigmoid' | 'none' | undefined {
  if (layer.getClassName() === 'Softmax') return 'softmax';
  const {activation} = layer as {readonly activation?: {getClassName?(): string}};
  const name = activation?.getClassName?.();
  return name === undefined || name === 'softmax' || name === 'sigmoid' ? name : 'none';
}

/** Whether a layer is applied more than once in the model, so that its activation must stay as it is. */
function servesElsewhere(layer: LayersModelLayer): boolean {
  return (layer as {readonly inboundNodes?: readonly unknown[]}).inboundNodes?.length !== 1;
}

/** Logits of probabilities `[1, n, columns]`: their logarithms, or of one column the log-odds. */
function logarithms(probabilities: tf.Tensor3D): tf.Tensor3D {
  const log = (values: tf.Tensor): tf.Tensor => tf.log(tf.maximum(values, TINY));
  if (probabilities.shape[2] !== 1) return log(probabilities) as tf.Tensor3D;
  return tf.sub(log(probabilities), log(tf.sub(1, probabilities))) as tf.Tensor3D;
}
