import type {Objective} from '@minefield/core';
import {checkLength} from '../directions/vectors.ts';
import {collect, scanPoints, type ScanOptions, type ScanState} from './scan.ts';

/** A plane through the anchor, and the grid on it. */
export interface SurfaceGrid {
  /** Direction of x, `[P]`. */
  readonly first: ArrayLike<number>;
  /** Direction of y, `[P]`. */
  readonly second: ArrayLike<number>;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

/** Loss over anchor + x · first + y · second, streamed as {@link streamLine} does. */
export function streamSurface(
  objective: Objective,
  anchor: Float32Array,
  {first, second, xs, ys}: SurfaceGrid,
  options: ScanOptions = {},
): AsyncGenerator<ScanState, void, void> {
  checkLength('scanSurface', 'an anchor', anchor, objective.dimension);
  checkLength('scanSurface', 'a first direction', first, anchor.length);
  checkLength('scanSurface', 'a second direction', second, anchor.length);
  const fill = (out: Float32Array, index: number): void => {
    const x = xs[index % xs.length] ?? 0;
    const y = ys[Math.floor(index / xs.length)] ?? 0;
    for (let i = 0; i < out.length; i++) {
      out[i] = (anchor[i] ?? 0) + x * (first[i] ?? 0) + y * (second[i] ?? 0);
    }
  };
  return scanPoints(objective, xs.length * ys.length, fill, options);
}

/** {@link streamSurface} to its end. @returns the losses, `[ys, xs]`, row-major */
export async function scanSurface(
  objective: Objective,
  anchor: Float32Array,
  grid: SurfaceGrid,
  options: ScanOptions = {},
): Promise<Float64Array> {
  return collect(streamSurface(objective, anchor, grid, options), options.resume);
}
