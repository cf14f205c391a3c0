import {expect, it} from 'vitest';
import {whiskersOn} from './nearest-crossing.ts';

const size = 41;
const halfWidth = 20;
/** The boundary is the line x = 3.3. */
const wall = Float32Array.from({length: size * size}, (_, i) => (i % size) - 20 - 3.3);

it('points to the nearest place of the boundary, as long as the margin', () => {
  const ends = whiskersOn(wall, size, halfWidth, Float32Array.of(0, 4, 10, -7), [3.3, 2]);
  expect(ends[0]).toBeCloseTo(3.3, 1);
  expect(ends[1]).toBeCloseTo(4, 1);
  expect(ends[2]).toBeCloseTo(8, 1);
  expect(ends[3]).toBeCloseTo(-7, 1);
});

it('draws none where none was measured, or nothing changes sides', () => {
  expect([...whiskersOn(wall, size, halfWidth, Float32Array.of(0, 0), [null])]).toEqual([NaN, NaN]);
  const flat = new Float32Array(size * size).fill(1);
  expect([...whiskersOn(flat, size, halfWidth, Float32Array.of(0, 0), [1])]).toEqual([NaN, NaN]);
});
