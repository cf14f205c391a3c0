import {at, type Objective} from '@minefield/core';
import {checkFloat32, checkLength, checkPositions} from '../check-input.ts';
import {checkScanOptions, collect, scanPoints, type ScanOptions, type ScanState} from './scan.ts';

/** The points anchor + t · direction, `[T, P]`: what to hand to accuracies and other measures along the same line. */
export function pointsAlong(
  anchor: Float32Array,
  direction: ArrayLike<number>,
  distances: ArrayLike<number>,
): Float32Array {
  checkFloat32('pointsAlong', 'an anchor', anchor);
  checkLength('pointsAlong', 'a direction', direction, anchor.length);
  checkPositions('pointsAlong', 'distances', distances);
  const points = new Float32Array(distances.length * anchor.length);
  for (let t = 0; t < distances.length; t++) {
    fillPoint(
      points.subarray(t * anchor.length, (t + 1) * anchor.length),
      anchor,
      direction,
      at(distances, t),
    );
  }
  return points;
}

/**
 * Loss along anchor + t · direction, streamed: yields the state after each batch, from which a later call can go on.
 *
 * @param distances t, `[T]`
 */
export function streamLine(
  objective: Objective,
  anchor: Float32Array,
  direction: ArrayLike<number>,
  distances: ArrayLike<number>,
  options: ScanOptions = {},
): AsyncGenerator<ScanState, void, void> {
  checkFloat32('scanLine', 'an anchor', anchor, objective.dimension);
  checkScanOptions('scanLine', options);
  checkLength('scanLine', 'a direction', direction, anchor.length);
  checkPositions('scanLine', 'distances', distances);
  const fill = (out: Float32Array, index: number): void =>
    fillPoint(out, anchor, direction, at(distances, index));
  return scanPoints(objective, distances.length, fill, options);
}

/** {@link streamLine} to its end. @returns the losses, `[T]` */
export async function scanLine(
  objective: Objective,
  anchor: Float32Array,
  direction: ArrayLike<number>,
  distances: ArrayLike<number>,
  options: ScanOptions = {},
): Promise<Float64Array> {
  return collect(streamLine(objective, anchor, direction, distances, options), options.resume);
}

function fillPoint(
  out: Float32Array,
  anchor: Float32Array,
  direction: ArrayLike<number>,
  distance: number,
): void {
  for (let i = 0; i < out.length; i++) out[i] = (anchor[i] ?? 0) + distance * (direction[i] ?? 0);
}
