import {type ParameterSlice, type TensorRule, InputError, printable} from '@minefield/core';
import type {Model} from './model.ts';

/** What is known of a tensor before its numbers are looked at. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A matrix of a checkpoint. */
interface Kernel extends NamedShape {
  /** `[in, out]`, whichever way it is stored. */
  readonly sizes: readonly [number, number];
  readonly transposed: boolean;
  /** The name of the bias beside it. */
  readonly bias: string;
}

/**
 * Rules that read the layers of somebody's perceptron as those of an {@link mlp}, whatever they are called: matrices are the
 * tensors whose names end in `weight`, `[out, in]` as PyTorch has them (`fc1.weight`, `net.0.weight`), or in `kernel`,
 * `[in, out]` as TensorFlow and JAX do (`Dense_0.kernel`, `dense/kernel`), and biases stand beside them. A matrix belongs to the
 * layer of its shape; of several of one shape, the number in their names says which comes first.
 *
 * What lies between the layers leaves no trace in a checkpoint: which activation it is, is for the caller to know.
 *
 * @param tensors of the checkpoint; only names and shapes are looked at
 * @param model made by {@link mlp}
 * @throws {InputError} when there are other layers than the model's, biases where it has none or none where it has some, or the
 *   order of two layers cannot be told from their names
 * @example
 * const {tensors} = decodeSafetensors(bytes);
 * const {theta} = importParameters(tensors, model.layout, mlpRules(tensors, model));
 */
export function mlpRules(tensors: readonly NamedShape[], model: Model): TensorRule[] {
  const layers = model.layout.slices.filter(({role}) => role === 'kernel');
  const biased = layers.length < model.layout.slices.length;
  const kernels = tensors.flatMap(kernelOf).toSorted(byNumbers);
  if (kernels.length !== layers.length) {
    throw unfit(
      `${layers.length} matrices for ${model.name}, named such as "fc1.weight" or "dense/kernel"`,
      `${kernels.length} among ${listed(tensors)}`,
      'name the network that the file is of',
    );
  }
  requireBiases(tensors, kernels, biased, model);
  const left = [...kernels];
  return layers.flatMap((layer, i): TensorRule[] => {
    const fitting = left.filter(({sizes}) => sizes.join() === layer.shape.join());
    const [kernel] = fitting;
    if (kernel === undefined) {
      throw unfit(`a matrix [in, out] of [${layer.shape}] for layer ${i} of ${model.name}`, listed(left));
    }
    requireOrder(fitting);
    left.splice(left.indexOf(kernel), 1);
    return rulesOf(kernel, layer, biased);
  });
}

function rulesOf(kernel: Kernel, {name: slice}: ParameterSlice, biased: boolean): TensorRule[] {
  return [
    {tensor: kernel.name, slice, ...(kernel.transposed && {axes: [1, 0]})},
    ...(biased ? [{tensor: kernel.bias, slice: slice.replace(/kernel$/, 'bias')}] : []),
  ];
}

function kernelOf({name, shape}: NamedShape): Kernel[] {
  const ending = /(?:^|[./])(weight|kernel)$/.exec(name)?.[1];
  const [first, second, third] = shape;
  if (ending === undefined || first === undefined || second === undefined || third !== undefined) return [];
  const transposed = ending === 'weight';
  const sizes = transposed ? ([second, first] as const) : ([first, second] as const);
  return [{name, shape, sizes, transposed, bias: name.slice(0, -ending.length) + 'bias'}];
}

/** A zero in place of a bias that was forgotten, or a bias left out, would be another network. */
function requireBiases(
  tensors: readonly NamedShape[],
  kernels: readonly Kernel[],
  biased: boolean,
  {name}: Model,
): void {
  const names = new Set(tensors.map((tensor) => tensor.name));
  const wrong = kernels.find(({bias}) => names.has(bias) !== biased);
  if (wrong === undefined) return;
  throw biased
    ? unfit(
        `a tensor "${printable(wrong.bias, 80)}" for ${name}`,
        'none',
        'a network without biases is named bias-free',
      )
    : unfit(
        `no biases for ${name}`,
        `"${printable(wrong.bias, 80)}"`,
        'leave "bias-free" out of the network’s name',
      );
}

/** Whether names differ in their numbers alone, which then say the order; `one` and `three` do not. */
function requireOrder(fitting: readonly Kernel[]): void {
  const wordings = new Set(fitting.map(({name}) => name.replaceAll(/\d+/g, '#')));
  if (wordings.size <= 1) return;
  throw unfit(
    `layers of one shape [${fitting[0]?.sizes}] to be told apart by the numbers in their names`,
    listed(fitting),
    'rename them, or write the rules with pytorchLinear of @minefield/core',
  );
}

/** Compares names by the numbers in them, one after another, a number without digits before all others. */
function byNumbers(a: NamedShape, b: NamedShape): number {
  const [first, second] = [a, b].map(({name}) => name.match(/\d+/g)?.map(Number) ?? []);
  for (let i = 0; i < Math.max(first?.length ?? 0, second?.length ?? 0); i++) {
    const difference = (first?.[i] ?? -1) - (second?.[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function listed(tensors: readonly NamedShape[]): string {
  const shown = tensors.slice(0, 6).map(({name, shape}) => `"${printable(name, 80)}" [${shape}]`);
  const more = tensors.length > 6 ? ` and ${tensors.length - 6} more` : '';
  return shown.length === 0 ? 'none' : shown.join(', ') + more;
}

function unfit(
  expected: string,
  got: string,
  remedy = 'use a checkpoint of the same architecture',
): InputError {
  return new InputError(`models.mlpRules: expected ${expected}, got ${got}; ${remedy}`);
}
