/** A grid of heights as triangles: the surface, and walls down to the ground at its four edges. */
import {HEIGHT} from './camera.ts';

/** Numbers of a corner: place and height (x, y, level), then the normal. */
export const STRIDE = 6;

export interface Mesh {
  /** `[corners, STRIDE]` */
  readonly corners: Float32Array;
  /** Three a triangle. */
  readonly indices: Uint32Array;
}

/** @param levels heights of 0 to 1, `[size, size]` */
export function meshOf(levels: ArrayLike<number>, size: number): Mesh {
  const corners = new Float32Array(STRIDE * (size * size + 8 * size));
  const indices: number[] = [];
  const place = (i: number): number => (2 * i) / (size - 1) - 1;
  const level = (column: number, row: number): number => levels[row * size + column] ?? 0;
  let count = 0;
  const add = (...numbers: readonly number[]): number => {
    corners.set(numbers, STRIDE * count);
    return count++;
  };
  const step = 2 / (size - 1);
  const slope = (after: number, before: number, cells: number): number =>
    cells === 0 ? 0 : (HEIGHT * (after - before)) / (cells * step);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [left, right] = [Math.max(0, column - 1), Math.min(size - 1, column + 1)];
      const [below, above] = [Math.max(0, row - 1), Math.min(size - 1, row + 1)];
      const across = slope(level(right, row), level(left, row), right - left);
      const along = slope(level(column, above), level(column, below), above - below);
      const length = Math.hypot(across, along, 1);
      add(place(column), place(row), level(column, row), -across / length, -along / length, 1 / length);
    }
  }
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const i = row * size + column;
      indices.push(i, i + 1, i + size, i + 1, i + size + 1, i + size);
    }
  }
  const edges: readonly [(i: number) => readonly [number, number], number, number][] = [
    [(i) => [i, 0], 0, -1],
    [(i) => [i, size - 1], 0, 1],
    [(i) => [0, i], -1, 0],
    [(i) => [size - 1, i], 1, 0],
  ];
  for (const [at, outX, outY] of edges) {
    for (let i = 0; i < size; i++) {
      const [column, row] = at(i);
      const top = add(place(column), place(row), level(column, row), outX, outY, 0);
      const foot = add(place(column), place(row), 0, outX, outY, 0);
      if (i > 0) indices.push(top - 2, foot - 2, top, top, foot - 2, foot);
    }
  }
  return {corners, indices: Uint32Array.from(indices)};
}
