import {at, checkOptions, type Objective} from '@minefield/core';
import {checkFloat32, checkLength, checkPositions} from '../check-input.ts';
import {checkScanOptions, collect, scanPoints, type ScanOptions, type ScanState} from './scan.ts';

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
  grid: SurfaceGrid,
  options: ScanOptions = {},
): AsyncGenerator<ScanState, void, void> {
  checkFloat32('scanSurface', 'an anchor', anchor, objective.dimension);
  checkOptions('landscape.scanSurface', grid, {first: true, second: true, xs: true, ys: true});
  checkScanOptions('scanSurface', options);
  const {first, second, xs, ys} = grid;
  checkPositions('scanSurface', 'xs', xs);
  checkPositions('scanSurface', 'ys', ys);
  checkLength('scanSurface', 'a first direction', first, anchor.length);
  checkLength('scanSurface', 'a second direction', second, anchor.length);
  const fill = (out: Float32Array, index: number): void => {
    const x = at(xs, index % xs.length);
    const y = at(ys, Math.floor(index / xs.length));
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
