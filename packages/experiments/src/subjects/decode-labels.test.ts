import {describe, expect, it} from 'vitest';
import type {DecodedTensor} from '@minefield/safetensors';
import {decodeLabels} from './decode-labels.ts';

function labels(
  shape: readonly number[],
  data: DecodedTensor['data'],
  dtype: DecodedTensor['dtype'] = 'F32',
): DecodedTensor {
  return {name: 'labels', dtype, shape, data};
}

describe('labels are read', () => {
  it.each<[string, DecodedTensor, number, number[]]>([
    ['of floats', labels([3], Float32Array.of(0, 2, 1)), 3, [0, 2, 1]],
    ['of 64-bit integers', labels([3], BigInt64Array.of(0n, 2n, 1n), 'I64'), 3, [0, 2, 1]],
    ['of 8-bit integers', labels([3], Int32Array.of(0, 2, 1), 'U8'), 3, [0, 2, 1]],
    ['in a column', labels([3, 1], Int32Array.of(0, 1, 1), 'I32'), 2, [0, 1, 1]],
    ['of signs', labels([3], Float32Array.of(-1, 1, -1)), 2, [0, 1, 0]],
    ['of signs in a column', labels([2, 1], BigInt64Array.of(1n, -1n), 'I64'), 2, [1, 0]],
    ['of one sign', labels([2], Float32Array.of(1, 1)), 2, [1, 1]],
    ['from one-hot rows', labels([2, 3], Float32Array.of(0, 0, 1, 1, 0, 0)), 3, [2, 0]],
    ['from one-hot rows of two classes', labels([2, 2], Float32Array.of(0, 1, 1, 0)), 2, [1, 0]],
  ])('%s', (_, tensor, classes, expected) => {
    expect([...decodeLabels(tensor, tensor.shape[0] ?? 0, classes)]).toEqual(expected);
  });
});

describe('labels are refused', () => {
  it.each<[string, DecodedTensor, number, RegExp]>([
    [
      'for fewer examples',
      labels([2], Float32Array.of(0, 1)),
      2,
      /\[3\], \[3,1\] or one-hot \[3,2\], got \[2\]/,
    ],
    ['with three axes', labels([3, 1, 1], Float32Array.of(0, 1, 1)), 2, /got \[3,1,1\]/],
    [
      'with other columns',
      labels([3, 2], Float32Array.of(0, 1, 1, 0, 1, 0)),
      3,
      /one-hot \[3,3\], got \[3,2\]/,
    ],
    ['of no class', labels([3], Float32Array.of(0, 1, 3)), 3, /in 0\.\.2, got 3 at entry 2/],
    ['between classes', labels([3], Float32Array.of(0, 0.5, 1)), 2, /in 0\.\.1, got 0\.5 at entry 1/],
    ['that are not numbers', labels([3], Float32Array.of(0, Number.NaN, 1)), 2, /got NaN at entry 1/],
    ['of signs and zeros', labels([3], Float32Array.of(0, -1, 1)), 2, /of −1 and 1, got 0 at entry 0/],
    [
      'of signs among three classes',
      labels([3], Float32Array.of(2, -1, 1)),
      3,
      /in 0\.\.2, got -1 at entry 1/,
    ],
    [
      'with two hot columns',
      labels([3, 2], Float32Array.of(0, 1, 1, 1, 1, 0)),
      2,
      /a single 1 .*, got 1 1 at example 1/,
    ],
    ['of probabilities', labels([3, 2], Float32Array.of(0, 1, 0.3, 0.7, 1, 0)), 2, /at example 1/],
  ])('%s', (_, tensor, classes, says) => {
    expect(() => decodeLabels(tensor, 3, classes)).toThrow(says);
  });
});
