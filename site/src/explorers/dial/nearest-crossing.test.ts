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

it('finds what a look at all places would', () => {
  const blobs = Float32Array.from({length: size * size}, (_, i) => {
    const [x, y] = [(i % size) - 20, Math.floor(i / size) - 20];
    return Math.sin(x / 2.1) * Math.cos(y / 1.7) + 0.3 * Math.sin((x * y) / 9);
  });
  const inputs = Float32Array.from({length: 400}, (_, i) => 22 * Math.sin(i * i + 1));
  const ends = whiskersOn(
    blobs,
    size,
    halfWidth,
    inputs,
    Array.from({length: 200}, () => 1),
  );
  const at = (x: number, y: number): number => blobs[y * size + x] ?? Number.NaN;
  const crossings: (readonly [number, number])[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (x + 1 < size && at(x, y) > 0 !== at(x + 1, y) > 0)
        crossings.push([x + at(x, y) / (at(x, y) - at(x + 1, y)) - 20, y - 20]);
      if (y + 1 < size && at(x, y) > 0 !== at(x, y + 1) > 0)
        crossings.push([x - 20, y + at(x, y) / (at(x, y) - at(x, y + 1)) - 20]);
    }
  }
  expect(crossings.length).toBeGreaterThan(300);
  for (let i = 0; i < 200; i++) {
    const [x = 0, y = 0] = inputs.subarray(2 * i);
    const nearest = Math.min(...crossings.map(([cx, cy]) => Math.hypot(cx - x, cy - y)));
    const way = crossings.find(([cx, cy]) => Math.hypot(cx - x, cy - y) === nearest) ?? [0, 0];
    expect(ends[2 * i]).toBeCloseTo(x + (way[0] - x) / nearest, 3);
    expect(ends[2 * i + 1]).toBeCloseTo(y + (way[1] - y) / nearest, 3);
  }
});

it('draws none where none was measured, or nothing changes sides', () => {
  expect([...whiskersOn(wall, size, halfWidth, Float32Array.of(0, 0), [null])]).toEqual([NaN, NaN]);
  const flat = new Float32Array(size * size).fill(1);
  expect([...whiskersOn(flat, size, halfWidth, Float32Array.of(0, 0), [1])]).toEqual([NaN, NaN]);
});
