/**
 * What is used of a `tf.LayersModel`. Any model of `@tensorflow/tfjs-layers` is one; the package itself is not imported, so
 * that whoever brings no such model needs no such package.
 */
import {InputError} from '@minefield/core';
import type * as tf from '@tensorflow/tfjs-core';

/** Lengths of the axes, the first that of the batch; null where any length will do. */
export type LayersModelShape = readonly (number | null)[];

/** A `LayerVariable`. Layers take their weights from `read` whenever they are applied. */
export interface LayersModelWeight {
  /** Such as `dense_Dense1/kernel`, without what makes it unique in the process. */
  readonly originalName: string;
  readonly shape: LayersModelShape;
  read(): tf.Tensor;
  write(value: tf.Tensor): unknown;
}

export interface LayersModelLayer {
  readonly name: string;
  getClassName(): string;
  call(inputs: tf.Tensor | tf.Tensor[], options: never): tf.Tensor | tf.Tensor[];
}

/** A `tf.LayersModel` or `tf.Sequential`, built. */
export interface LayersModelLike {
  readonly name: string;
  readonly layers: readonly LayersModelLayer[];
  readonly outputLayers: readonly LayersModelLayer[];
  readonly inputs: readonly {readonly shape: LayersModelShape}[];
  readonly outputs: readonly {readonly shape: LayersModelShape}[];
  /** Whether evaluations change what later ones give, as in stateful recurrent layers. */
  readonly stateful: boolean;
  readonly trainableWeights: readonly LayersModelWeight[];
  apply(inputs: tf.Tensor | tf.Tensor[], options?: {readonly training?: boolean}): unknown;
}

/**
 * The trainable weights, each once, in the order of the model.
 *
 * @throws {InputError} when there are none
 */
export function trainableWeightsOf(caller: string, model: LayersModelLike): LayersModelWeight[] {
  const weights = [...new Set(model.trainableWeights)];
  if (weights.length === 0) {
    throw new InputError(
      `models.${caller}: expected a built model with trainable weights, got none in "${model.name}"; ` +
        'give its first layer an inputShape, and leave a layer trainable',
    );
  }
  return weights;
}
