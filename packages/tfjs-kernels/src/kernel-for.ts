import type {NamedTensorInfoMap, TensorInfo} from '@tensorflow/tfjs-core';
import type {Kernel} from './kernel.ts';
import {complexKernels, kernels, stringKernels} from './kernels/index.ts';

/** Names of all kernels that are replaced or added. */
export const kernelNames: readonly string[] = [
  ...new Set([...kernels, ...complexKernels, ...stringKernels].map(({name}) => name)),
];

/**
 * Chooses what serves a call of the kernel `name` by the types of its inputs; undefined where only a stock kernel can.
 *
 * @throws {TypeError} from the choice, when an input is complex64 and there is no kernel for that: a stock one would take the
 *   pairs for numbers of their own
 */
export function kernelFor(name: string): (inputs: NamedTensorInfoMap) => Kernel | undefined {
  const [forNumbers, forStrings, forComplex] = [kernels, stringKernels, complexKernels].map((all) =>
    all.find((kernel) => kernel.name === name),
  );
  return (inputs) => {
    const dtype = specialType(inputs);
    if (dtype === undefined) return forNumbers;
    if (dtype === 'string') return forStrings ?? forNumbers;
    if (forComplex !== undefined) return forComplex;
    throw new TypeError(
      `tfjs-kernels.${name}: expected real tensors, got complex64; compute with tf.real and tf.imag of them`,
    );
  };
}

/** What a kernel that the stock backend lacks takes, where it was given something else. */
export function takenBy(name: string): string {
  if (kernels.some((kernel) => kernel.name === name))
    return 'float32 tensors in NHWC order; cast or transpose them';
  return stringKernels.some((kernel) => kernel.name === name)
    ? 'tensors of strings'
    : 'complex64 tensors; make them by tf.complex';
}

/** A type among those of the inputs that has kernels of its own. */
function specialType(inputs: NamedTensorInfoMap): 'complex64' | 'string' | undefined {
  for (const value of Object.values(inputs as Readonly<Record<string, TensorInfo | TensorInfo[] | null>>)) {
    // Ragged tensors bring lists of row splits among their inputs.
    const dtype = Array.isArray(value) ? undefined : value?.dtype;
    if (dtype === 'complex64' || dtype === 'string') return dtype;
  }
  return undefined;
}
