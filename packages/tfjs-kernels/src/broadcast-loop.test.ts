import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {broadcastLoop} from './broadcast-loop.ts';

it('is one loop for operands of one shape, and for one number against many', () => {
  expect(broadcastLoop([2, 3, 4], [2, 3, 4], [2, 3, 4])?.sizes).toEqual([1, 1, 1, 24]);
  expect(broadcastLoop([2, 3, 4], [2, 3, 4], [])).toMatchObject({sizes: [1, 1, 1, 24], bSteps: [1, 1, 1, 0]});
});

it('merges what both operands go through evenly', () => {
  // A bias for each network: [K, 1, n] against [K, m, n].
  expect(broadcastLoop([16, 400, 23], [16, 400, 23], [16, 1, 23])).toEqual({
    sizes: [1, 16, 400, 23],
    aSteps: [1, 9200, 23, 1],
    bSteps: [1, 23, 0, 1],
  });
  // Channels: [C] against [N, H, W, C].
  expect(broadcastLoop([8, 32, 32, 16], [16], [8, 32, 32, 16])?.sizes).toEqual([1, 1, 8192, 16]);
});

it('visits the elements that broadcasting pairs, or gives up beyond four loops', () => {
  const axis = fc.tuple(fc.integer({min: 1, max: 3}), fc.constantFrom('both', 'a', 'b'));
  fc.assert(
    fc.property(fc.array(axis, {maxLength: 6}), (axes) => {
      const shape = axes.map(([length]) => length);
      const a = axes.map(([length, own]) => (own === 'b' ? 1 : length));
      const b = axes.map(([length, own]) => (own === 'a' ? 1 : length));
      const loop = broadcastLoop(shape, a, b);
      if (loop === undefined) {
        expect(shape.filter((length) => length > 1).length).toBeGreaterThan(4);
        return;
      }
      const pairs: [number, number][] = [];
      const {sizes, aSteps, bSteps} = loop;
      const visit = (depth: number, i: number, j: number): void => {
        if (depth === 4) pairs.push([i, j]);
        else
          for (let n = 0; n < (sizes[depth] ?? 0); n++)
            visit(depth + 1, i + n * (aSteps[depth] ?? 0), j + n * (bSteps[depth] ?? 0));
      };
      visit(0, 0, 0);
      const offsetIn = (own: readonly number[], index: readonly number[]): number =>
        own.reduce((offset, length, k) => offset * length + (length === 1 ? 0 : (index[k] ?? 0)), 0);
      const strides = shape.map((_, k) => tf.util.sizeFromShape(shape.slice(k + 1)));
      const expected = Array.from({length: tf.util.sizeFromShape(shape)}, (_, flat) => {
        const index = shape.map((length, k) => Math.floor(flat / (strides[k] ?? 1)) % length);
        return [offsetIn(a, index), offsetIn(b, index)];
      });
      expect(pairs).toEqual(expected);
    }),
  );
});
