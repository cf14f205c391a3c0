/**
 * Kernels of our own: batch normalization by the moments of the batch itself and the ReLU after it, in three passes over memory
 * and two back, where operations of TensorFlow.js take some twenty. Attributes are `varianceEpsilon` and `rectified`; ε is added
 * to the biased variance.
 *
 * - `BatchNormTraining`: inputs `x` `[..., channels]`, `scale` and `offset` `[channels]`. Gives the normalized values, and mean
 *   and variance of each channel.
 * - `BatchNormTrainingGradient`: the same inputs, the slopes `dy` of the normalized values, `mean` and `variance`. Gives the
 *   gradients by `x`, `scale` and `offset`. Channels come in fours.
 */
import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import {mapEach} from '../at.ts';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

export const batchNormTraining: Kernel = {
  name: 'BatchNormTraining',
  run(call) {
    const {backend, module, attrs, makeOutput} = call;
    const {rows, channels, at, shape} = placesOf(call);
    const [value, mean, variance] = mapEach([shape, [channels], [channels]], makeOutput);
    const [moment, spread] = [offsetOf(backend, mean), offsetOf(backend, variance)];
    module.sum(1, rows, channels, at('x'), rows, moment);
    module.variances(rows, channels, at('x'), moment, spread);
    // prettier-ignore
    module.normalize(
      rows, channels, at('x'), moment, spread, at('offset'), at('scale'), attrs['varianceEpsilon'] as number,
      attrs['rectified'] === true ? 0 : -Infinity, offsetOf(backend, value),
    );
    return [value, mean, variance];
  },
};

export const batchNormTrainingGradient: Kernel = {
  name: 'BatchNormTrainingGradient',
  run(call) {
    const {backend, module, attrs, makeOutput} = call;
    const {rows, channels, at, shape} = placesOf(call);
    const outputs = mapEach([shape, [channels], [channels]], makeOutput);
    const [dx, dScale, dOffset] = mapEach(outputs, (output) => offsetOf(backend, output));
    // prettier-ignore
    module.normalizeBack(
      rows, channels, at('x'), at('dy'), at('mean'), at('variance'), at('offset'), at('scale'),
      attrs['varianceEpsilon'] as number, attrs['rectified'] === true ? 0 : -Infinity, dx, dScale, dOffset,
    );
    return [...outputs];
  },
};

function placesOf({backend, inputs}: KernelCall) {
  const {shape}: TensorInfo = input(inputs, 'x');
  const channels = shape.at(-1) ?? 1;
  if (channels % 4 !== 0) {
    throw new RangeError(
      `tfjs-kernels.BatchNormTraining: expected channels in fours, got ${channels}; compose it of TensorFlow.js's operations`,
    );
  }
  return {
    shape,
    channels,
    rows: util.sizeFromShape(shape) / channels,
    /** Where an input starts in the heap. */
    at: (name: string): number => offsetOf(backend, input(inputs, name)),
  };
}
