import {expect, test} from 'vitest';
import {type PieceEnd, REACH, drawPieceInto} from './distance-field.ts';

const SIZE = 24;

function fieldOf(unit: number, from: PieceEnd, to: PieceEnd): Float64Array {
  const field = new Float64Array(SIZE * SIZE).fill(REACH);
  drawPieceInto(field, SIZE, unit, from, to);
  return field;
}

/** The largest difference between a field and a formula, at the centres of all pixels. */
function error(field: Float64Array, distance: (x: number, y: number) => number): number {
  return field.reduce((worst, value, pixel) => {
    const column = pixel % SIZE;
    const expected = distance(column + 0.5, (pixel - column) / SIZE + 0.5);
    return Math.max(worst, Math.abs(value - Math.min(REACH, expected)));
  }, 0);
}

test('a piece without length is a disc', () => {
  const end = {x: 10.3, y: 12.1, halfWidth: 3, overhang: -1};
  const disc = (x: number, y: number): number => Math.hypot(x - 10.3, y - 12.1) - 3;
  expect(error(fieldOf(1, end, end), disc)).toBeLessThan(1e-12);
});

test('a piece with flat ends is a box, longer by its overhangs, with distances in units', () => {
  const from = {x: 8, y: 10, halfWidth: 2, overhang: 1};
  const to = {x: 15, y: 10, halfWidth: 2, overhang: 0};
  const box = (x: number, y: number): number => {
    // Beside the box only the distance across counts.
    const along = x < 8 ? 7 - x : x > 15 ? x - 15 : -Infinity;
    return Math.max(Math.abs(y - 10) - 2, along) / 2;
  };
  expect(error(fieldOf(2, from, to), box)).toBeLessThan(1e-12);
});

test('a slanting piece with round ends tapers from one half-width to the other', () => {
  const from = {x: 5, y: 5, halfWidth: 1, overhang: -1};
  const to = {x: 17, y: 14, halfWidth: 3, overhang: -1};
  const capsule = (x: number, y: number): number => {
    // The line runs along (4, 3) / 5 for a length of 15.
    const t = Math.min(15, Math.max(0, ((x - 5) * 4 + (y - 5) * 3) / 5));
    return Math.hypot(x - 5 - (t * 4) / 5, y - 5 - (t * 3) / 5) - (1 + (2 * t) / 15);
  };
  expect(error(fieldOf(1, from, to), capsule)).toBeLessThan(1e-12);
});

test('of two pieces the nearer counts, and one outside the picture changes nothing', () => {
  const left = {x: 4, y: 12, halfWidth: 1, overhang: -1};
  const right = {x: 20, y: 12, halfWidth: 2, overhang: -1};
  const outside = {x: -40, y: 12, halfWidth: 2, overhang: -1};
  const field = fieldOf(1, left, left);
  drawPieceInto(field, SIZE, 1, right, right);
  drawPieceInto(field, SIZE, 1, outside, outside);
  const both = (x: number, y: number): number =>
    Math.min(Math.hypot(x - 4, y - 12) - 1, Math.hypot(x - 20, y - 12) - 2);
  expect(error(field, both)).toBeLessThan(1e-12);
});
