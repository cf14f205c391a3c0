import {expect, it} from 'vitest';
import {type MatArray, matFile} from '../../test/mat-writer.ts';
import type {ByteSource} from './byte-source.ts';
import {listMatVariables} from './mat-variables.ts';

const array: MatArray = {
  name: 'a',
  classNumber: 9,
  dimensions: [1, 1],
  dataType: 2,
  data: Uint8Array.of(7),
};
const ones = (count: number): number[] => Array.from({length: count}, () => 1);

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    name: 'a.mat',
    size: bytes.length,
    readInto: async (target, position) => {
      const piece = bytes.subarray(position, position + target.length);
      target.set(piece);
      return piece.length;
    },
  };
}

it.each<[what: string, most: Partial<MatArray>, more: Partial<MatArray>, says: string]>([
  [
    '32 dimensions',
    {dimensions: ones(32)},
    {dimensions: ones(33)},
    'expected dimensions of an array in a.mat, got 132 bytes of type 5',
  ],
  [
    'a name of 256 bytes',
    {name: 'a'.repeat(256)},
    {name: 'a'.repeat(257)},
    'expected a name of an array in a.mat, got 257 bytes of type 1',
  ],
])('an array may have %s, and no more', async (_, most, more, says) => {
  const listed = await listMatVariables(sourceOf(matFile([{...array, ...most}])));
  expect(listed).toMatchObject([{name: 'a', dimensions: [1, 1], ...most}]);
  await expect(listMatVariables(sourceOf(matFile([{...array, ...more}])))).rejects.toThrow(says);
});
