import type {Attribute, TensorInfo} from '@tensorflow/tfjs-core';
import {type KernelCall, optionalInput, runKernel} from './kernel.ts';

/** Activations that are clamps, by the bounds of the clamp. */
const clamps: Readonly<Record<string, {readonly low: number; readonly high: number}>> = {
  linear: {low: -Infinity, high: Infinity},
  relu: {low: 0, high: Infinity},
  relu6: {low: 0, high: 6},
};

/** Bounds of a fused activation (`linear` when there is none), or undefined where it is no clamp. */
export function clampOf(
  activation: Attribute | null | undefined,
): {readonly low: number; readonly high: number} | undefined {
  return clamps[typeof activation === 'string' ? activation : 'linear'];
}

const kernels: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** The activation of a fused kernel as a kernel of its own; frees `x`. */
export function applyActivation({backend, inputs, attrs}: KernelCall, x: TensorInfo): TensorInfo {
  const activation = attrs['activation'];
  if (typeof activation !== 'string' || activation === 'linear') return x;
  const name = kernels[activation];
  if (name === undefined) {
    throw new RangeError(
      `tfjs-kernels: expected one of the activations linear, ${Object.keys(kernels).join(', ')}, got ${activation}`,
    );
  }
  const alpha = optionalInput(inputs, 'preluActivationWeights');
  const out = runKernel(name, backend, alpha === undefined ? {x} : {x, alpha}, {
    alpha: attrs['leakyreluAlpha'] ?? 0.2,
  });
  backend.disposeData(x.dataId);
  return out;
}
