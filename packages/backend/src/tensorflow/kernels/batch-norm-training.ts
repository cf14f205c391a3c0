/**
 * The kernels for batch normalization of `@minefield/tfjs-kernels`, which says what they take and give, of TensorFlow's own.
 * For CPUs: what TensorFlow keeps of a batch for the gradient is its variance there, and something else on GPUs.
 */
import {at} from '@minefield/core';
import type {KernelArguments, NativeKernel} from './kernel.ts';
import type {Handle, NativeCall} from './native-call.ts';

export const batchNormTraining: NativeKernel = {
  name: 'BatchNormTraining',
  run(given) {
    const {call, attrs} = given;
    const {x, scale, offset, shape} = partsOf(given);
    const none = call.floats([]);
    const outputs = normalize(call, attrs, [x, scale, offset, none, none], true);
    const [normalized, mean, variance] = [at(outputs, 0), at(outputs, 3), at(outputs, 4)];
    const value = attrs['rectified'] === true ? call.run('Relu', [normalized]) : normalized;
    return [call.reshape(value, shape), mean, variance].map((output) => call.result(output));
  },
};

export const batchNormTrainingGradient: NativeKernel = {
  name: 'BatchNormTrainingGradient',
  run(given) {
    const {call, attrs, input} = given;
    const {x, scale, offset, shape} = partsOf(given);
    const mean = call.input(input('mean'));
    const variance = call.input(input('variance'));
    let dy = call.reshape(call.input(input('dy')), x.shape);
    if (attrs['rectified'] === true) {
      const [normalized] = normalize(call, attrs, [x, scale, offset, mean, variance], false);
      if (normalized !== undefined) dy = call.run('ReluGrad', [dy, normalized]);
    }
    const inputs = [dy, x, scale, mean, variance, call.floats([])];
    const slopes = call.runMany('FusedBatchNormGradV3', inputs, settings(call, attrs, true), 5);
    return [call.reshape(at(slopes, 0), shape), at(slopes, 1), at(slopes, 2)].map((slope) =>
      call.result(slope),
    );
  },
};

function partsOf({call, input}: KernelArguments) {
  const {shape} = input('x');
  const channels = at(shape, -1);
  const x = call.input(input('x'));
  return {
    shape,
    x: shape.length === 4 ? x : call.reshape(x, [-1, 1, 1, channels]),
    scale: call.input(input('scale')),
    offset: call.input(input('offset')),
  };
}

/** @returns normalized values, mean and unbiased variance, then mean and biased variance */
function normalize(
  call: NativeCall,
  attrs: KernelArguments['attrs'],
  inputs: readonly Handle[],
  byBatch: boolean,
): Handle[] {
  return call.runMany('FusedBatchNormV3', inputs, settings(call, attrs, byBatch), 6);
}

function settings(call: NativeCall, attrs: KernelArguments['attrs'], byBatch: boolean) {
  return [call.real('epsilon', Number(attrs['varianceEpsilon'])), call.flag('is_training', byBatch)];
}
