import {type TensorInfo, backend_util} from '@tensorflow/tfjs-core';
import {at} from './at.ts';

/** The letters of an equation such as `ij,jk->ik`, and how long the dimension of each is. */
export interface EinsumTerms {
  /** Letters of each operand, in the order of its dimensions. */
  readonly operands: readonly string[];
  readonly output: string;
  readonly lengths: ReadonlyMap<string, number>;
}

/**
 * Reads an equation of one or two operands, each letter at most once in an operand and in the output.
 *
 * @throws {Error} in TensorFlow.js's own words where it is none, or lengths do not agree
 * @throws {RangeError} where the output names a letter twice, or an operand has other dimensions than letters
 */
export function einsumTerms(equation: string, tensors: readonly TensorInfo[]): EinsumTerms {
  const {allDims, idDims} = backend_util.decodeEinsumEquation(equation, tensors.length);
  const [left = '', output = ''] = equation.replaceAll(/\s/g, '').split('->');
  const operands = left.split(',');
  if (new Set(output).size !== output.length) {
    throw new RangeError(
      `tfjs-kernels.einsum: expected each letter once in the output, got ${equation}; take each once`,
    );
  }
  operands.forEach((letters, i) => {
    const {shape} = at(tensors, i);
    if (letters.length === shape.length) return;
    throw new RangeError(
      `tfjs-kernels.einsum: expected a tensor of ${letters.length} dimensions for "${letters}" of ${equation}, ` +
        `got [${shape}]`,
    );
  });
  backend_util.checkEinsumDimSizes(allDims.length, idDims, [...tensors] as Parameters<
    typeof backend_util.checkEinsumDimSizes
  >[2]);
  const lengths = operands.flatMap((letters, i) =>
    Array.from(letters, (letter, axis): [string, number] => [letter, at(at(tensors, i).shape, axis)]),
  );
  return {operands, output, lengths: new Map(lengths)};
}

/** The letters of `letters` that are in each of `others`. */
export function within(letters: string, ...others: readonly string[]): string {
  return Array.from(letters)
    .filter((letter) => others.every((other) => other.includes(letter)))
    .join('');
}

/** The letters of `letters` that are in none of `others`. */
export function without(letters: string, ...others: readonly string[]): string {
  return Array.from(letters)
    .filter((letter) => !others.some((other) => other.includes(letter)))
    .join('');
}
