import {BatchMatMul, Einsum, Sum, type TensorInfo, Transpose, util} from '@tensorflow/tfjs-core';
import {at} from '../at.ts';
import {type EinsumTerms, einsumTerms, within, without} from '../einsum-terms.ts';
import {type Kernel, type Step, composed, input} from '../kernel.ts';

/** A tensor, and the letter of each of its dimensions. */
interface Lettered {
  readonly tensor: TensorInfo;
  readonly letters: string;
}

/**
 * Sums of products named by an equation, which the stock WASM backend lacks: what one operand alone is summed over is summed
 * first, the rest is one product of matrices, with operands transposed where their dimensions do not stand in its order.
 */
export const einsum: Kernel = {
  name: Einsum,
  run({backend, inputs, attrs}) {
    const tensors = Object.keys(inputs).map((key) => input(inputs, key));
    const terms = einsumTerms(attrs['equation'] as string, tensors);
    return composed(backend, (step) => arrange(step, contract(step, terms, tensors), terms.output).tensor);
  },
};

function contract(
  call: Step,
  {operands, output, lengths}: EinsumTerms,
  tensors: readonly TensorInfo[],
): Lettered {
  const [first, second] = operands.map((letters, i): Lettered => {
    const others = operands.filter((_, j) => j !== i);
    return sumOver(call, {tensor: at(tensors, i), letters}, without(letters, output, ...others));
  });
  if (first === undefined) throw new TypeError('tfjs-kernels.einsum: expected one or two operands, got none');
  if (second === undefined) return first;
  const shared = within(first.letters, second.letters);
  const [batch, summed] = [within(shared, output), without(shared, output)];
  const [rows, columns] = [without(first.letters, shared), without(second.letters, shared)];
  const sizeOf = (letters: string): number =>
    Array.from(letters).reduce((size, letter) => size * (lengths.get(letter) ?? 1), 1);
  // A product reads either order of an operand's matrix.
  const transposeA = first.letters === batch + summed + rows;
  const transposeB = second.letters === batch + columns + summed;
  const matrices = (operand: Lettered, lines: string, across: string): TensorInfo => {
    const {tensor} = arrange(call, operand, batch + lines + across);
    return {...tensor, shape: [sizeOf(batch), sizeOf(lines), sizeOf(across)]};
  };
  const a = transposeA ? matrices(first, summed, rows) : matrices(first, rows, summed);
  const b = transposeB ? matrices(second, columns, summed) : matrices(second, summed, columns);
  const product = call(BatchMatMul, {a, b}, {transposeA, transposeB});
  const letters = batch + rows + columns;
  return {tensor: {...product, shape: Array.from(letters, (letter) => lengths.get(letter) ?? 1)}, letters};
}

function sumOver(call: Step, {tensor, letters}: Lettered, summed: string): Lettered {
  if (summed === '') return {tensor, letters};
  const axis = Array.from(summed, (letter) => letters.indexOf(letter));
  const kept = without(letters, summed);
  // A sum over all is the same whatever the order, and kernels take neighbouring axes best.
  const x = kept === '' ? {...tensor, shape: [util.sizeFromShape(tensor.shape)]} : tensor;
  return {tensor: call(Sum, {x}, {axis: kept === '' ? [0] : axis, keepDims: false}), letters: kept};
}

function arrange(call: Step, {tensor, letters}: Lettered, order: string): Lettered {
  if (letters === order) return {tensor, letters};
  const perm = Array.from(order, (letter) => letters.indexOf(letter));
  return {tensor: call(Transpose, {x: tensor}, {perm}), letters: order};
}
