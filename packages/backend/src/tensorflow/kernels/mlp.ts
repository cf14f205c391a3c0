/**
 * The kernels for multilayer perceptrons of `@minefield/tfjs-kernels`, which says what they take and give, of TensorFlow's
 * operations: as many products as there are layers, each over all networks, and little between them.
 */
import {at} from '@minefield/core';
import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {KernelArguments, NativeKernel} from './kernel.ts';
import type {Handle, NativeCall} from './native-call.ts';
import {inWholePackets} from './whole-packets.ts';

export const mlp: NativeKernel = {
  name: 'Mlp',
  run(given) {
    const {call, attrs} = given;
    const network = networksOf(given);
    const levels = forward(call, network);
    const logits = call.result(at(levels, -1));
    if (attrs['keepActivations'] !== true) return [logits];
    const hidden = levels.slice(1, -1);
    return [logits, call.result(hidden.length > 0 ? join(call, hidden, 2) : call.floats([]))];
  },
};

export const mlpGradient: NativeKernel = {
  name: 'MlpGradient',
  run(given) {
    const {call, input} = given;
    const network = networksOf(given);
    const widths = network.widths.slice(1, -1);
    const hidden = widths.length > 0 ? split(call, call.input(input('activations')), widths, 2) : [];
    return call.result(backward(call, network, [network.inputs, ...hidden], call.input(input('dy'))));
  },
};

export const mlpLogisticGradient: NativeKernel = {
  name: 'MlpLogisticGradient',
  run(given) {
    const {call, input} = given;
    const network = networksOf(given);
    const levels = forward(call, network);
    const logits = at(levels, -1);
    const [targets, weights] = ['targets', 'weights'].map((name) =>
      call.reshape(call.input(input(name)), logits.shape),
    ) as [Handle, Handle];
    // The slope of softplus(−t·z) is −t · sigmoid(−t·z).
    const against = call.run('Neg', [targets]);
    const falling = inWholePackets(call, 'Sigmoid', call.run('Mul', [against, logits]));
    const dy = call.run('Mul', [call.run('Mul', [against, weights]), falling]);
    return call.result(backward(call, network, levels.slice(0, -1), dy));
  },
};

/** K networks of one shape. */
interface Networks {
  readonly count: number;
  readonly widths: readonly number[];
  /** `[K or 1, n, d]` */
  readonly inputs: Handle;
  /** Of each layer, `[K, in, out]`. */
  readonly kernels: readonly Handle[];
  /** Of each layer, `[K, 1, out]`. */
  readonly biases: readonly Handle[];
}

function networksOf({call, attrs, input}: KernelArguments): Networks {
  const widths = attrs['widths'] as readonly number[];
  const thetas: TensorInfo = input('thetas');
  const [count = 0] = thetas.shape;
  const layers = widths.slice(1).map((width, i) => [at(widths, i), width] as const);
  const sizes = layers.flatMap(([from, to]) => [from * to, to]);
  const parts = split(call, call.input(thetas), sizes, 1);
  const given = call.input(input('inputs'));
  return {
    count,
    widths,
    inputs: given.shape.length === 2 ? call.reshape(given, [1, ...given.shape]) : given,
    kernels: layers.map(([from, to], i) => call.reshape(at(parts, 2 * i), [count, from, to])),
    biases: layers.map(([, to], i) => call.reshape(at(parts, 2 * i + 1), [count, 1, to])),
  };
}

/** Inputs, activations of every hidden layer, and logits. */
function forward(call: NativeCall, {inputs, kernels, biases}: Networks): Handle[] {
  const levels = [inputs];
  for (const [i, kernel] of kernels.entries()) {
    const product = call.run('BatchMatMulV2', [at(levels, -1), kernel]);
    const affine = call.run('AddV2', [product, at(biases, i)]);
    levels.push(i + 1 === kernels.length ? affine : call.run('Relu', [affine]));
  }
  return levels;
}

/** @param levels all but the logits; @param dy slope by the logits; @returns slope by the parameters, `[K, P]` */
function backward(
  call: NativeCall,
  {count, widths, kernels}: Networks,
  levels: readonly Handle[],
  dy: Handle,
): Handle {
  // A sum over rows, unlike a product with ones, has bits that depend on how many networks there are.
  const ones = call.run('Fill', [call.integers([count, 1, at(dy.shape, 1)]), call.number(1)]);
  const [left, right] = [[call.flag('adj_x', true)], [call.flag('adj_y', true)]];
  const slopes: Handle[] = [];
  let slope = dy;
  for (let i = kernels.length - 1; i >= 0; i--) {
    const [kernel, level] = [at(kernels, i), at(levels, i)];
    const ofKernel = call.run('BatchMatMulV2', [level, slope], left);
    slopes.unshift(
      call.reshape(ofKernel, [count, at(widths, i) * at(widths, i + 1)]),
      call.reshape(call.run('BatchMatMulV2', [ones, slope]), [count, at(widths, i + 1)]),
    );
    if (i > 0) slope = call.run('ReluGrad', [call.run('BatchMatMulV2', [slope, kernel], right), level]);
  }
  return join(call, slopes, 1);
}

function split(call: NativeCall, value: Handle, sizes: readonly number[], axis: number): Handle[] {
  const inputs = [value, call.integers(sizes), call.integer(axis)];
  return call.runMany('SplitV', inputs, [call.count('num_split', sizes.length)], sizes.length);
}

function join(call: NativeCall, values: readonly Handle[], axis: number): Handle {
  const [only] = values;
  if (only !== undefined && values.length === 1) return only;
  const attributes = [call.float('T'), call.count('N', values.length)];
  return call.run('ConcatV2', [...values, call.integer(axis)], attributes);
}
