import type {ParameterRole} from '@minefield/core';
import type {GraphNode} from '../graph/graph.ts';

/** What a tensor is to the layer that uses it. */
export interface Meaning {
  readonly role: ParameterRole;
  /** Of a kernel: the axis of its filters, in the shape that the layer sees; null where it sees another. */
  readonly filterAxis?: number | null;
}

const bias: Meaning = {role: 'bias'};
const scale: Meaning = {role: 'scale'};
const shift: Meaning = {role: 'shift'};

const kernel = (filterAxis: number): Meaning => ({role: 'kernel', filterAxis});

/** Kernels are `[out, in / groups, ...field]`, transposed `[in, out / groups, ...field]`; recurrent ones `[directions, gates · units, in]`. */
const BY_INPUT: Readonly<Record<string, Readonly<Record<number, Meaning>>>> = {
  Conv: {1: kernel(0), 2: bias},
  ConvTranspose: {1: kernel(1), 2: bias},
  LSTM: {1: kernel(1), 2: kernel(1), 3: bias, 7: scale},
  GRU: {1: kernel(1), 2: kernel(1), 3: bias},
  RNN: {1: kernel(1), 2: kernel(1), 3: bias},
  BatchNormalization: {1: scale, 2: shift},
  InstanceNormalization: {1: scale, 2: shift},
  GroupNormalization: {1: scale, 2: shift},
  LayerNormalization: {1: scale, 2: shift},
  SimplifiedLayerNormalization: {1: scale},
  RMSNormalization: {1: scale},
  PRelu: {1: scale},
};

/** Inputs that are float tensors and no parameters. */
const STATISTICS: Readonly<Record<string, readonly number[]>> = {BatchNormalization: [3, 4]};

/** Whether the input is a running mean or variance. */
export function isStatistic({operator}: GraphNode, input: number): boolean {
  return STATISTICS[operator]?.includes(input) ?? false;
}

/**
 * What a layer makes of one of its inputs. Sums and products are another matter, for they may be with constants.
 *
 * @param rank axes of the tensor as the layer sees it; null where that is not known
 * @returns undefined where the layer is of no known kind, or the input no parameter of it
 */
export function meaningIn(node: GraphNode, input: number, rank: number | null): Meaning | undefined {
  const {operator, attributes} = node;
  const flag = (name: string): boolean => (attributes.get(name)?.integer ?? 0) !== 0;
  switch (operator) {
    case 'Gemm':
      // Outputs are rows of the first factor, as PyTorch has them of weights, and columns of the second.
      if (input === 0) return kernel(flag('transA') ? 1 : 0);
      if (input === 1) return kernel(flag('transB') ? 0 : 1);
      return bias;
    case 'MatMul':
      if (rank === null) return {role: 'kernel', filterAxis: null};
      return input === 0 ? kernel(Math.max(0, rank - 2)) : kernel(rank - 1);
    case 'Einsum':
      return {role: 'kernel', filterAxis: rank === null ? null : rank - 1};
    case 'Gather': {
      if (input !== 0) return undefined;
      const axis = attributes.get('axis')?.integer ?? 0;
      if (axis >= 0) return kernel(axis);
      return {role: 'kernel', filterAxis: rank === null ? null : rank + axis};
    }
    default:
      return BY_INPUT[operator]?.[input];
  }
}

/** Layers whose result a bias is added to, even one of a single number. */
export const LINEAR: readonly string[] = ['MatMul', 'Gemm', 'Conv', 'ConvTranspose', 'Einsum'];

/** What sums and products make of a tensor. */
export const ELEMENTWISE: Readonly<Record<string, Meaning>> = {Add: bias, Sub: bias, Mul: scale, Div: scale};
