import {at, type Objective, InputError} from '@minefield/core';
import {checkFloat32, checkLength, checkPositions} from '../check-input.ts';
import {checkScanOptions, collect, scanPoints, type ScanOptions, type ScanState} from '../scans/scan.ts';
import {pathPointInto, type BezierPath} from './bezier-path.ts';

/** Loss along a path, streamed as {@link streamLine} does. @param ts positions in 0..1, `[T]` */
export function streamPath(
  objective: Objective,
  path: BezierPath,
  ts: ArrayLike<number>,
  options: ScanOptions = {},
): AsyncGenerator<ScanState, void, void> {
  for (const point of [path.start, path.control, path.end]) {
    checkFloat32('scanPath', 'points', point, objective.dimension);
  }
  checkScanOptions('scanPath', options);
  checkPositions('scanPath', 'positions', ts);
  return scanPoints(objective, ts.length, (out, index) => pathPointInto(out, path, at(ts, index)), options);
}

/** {@link streamPath} to its end. @returns the losses, `[T]` */
export async function scanPath(
  objective: Objective,
  path: BezierPath,
  ts: ArrayLike<number>,
  options: ScanOptions = {},
): Promise<Float64Array> {
  return collect(streamPath(objective, path, ts, options), options.resume);
}

/**
 * How far the loss along a path rises above the straight line between the losses of its ends; 0 where it never does.
 *
 * @param ts positions in rising order, the first 0 and the last 1
 * @param losses at these
 */
export function pathBarrier(ts: ArrayLike<number>, losses: ArrayLike<number>): number {
  checkLength('pathBarrier', 'losses', losses, ts.length);
  if (ts.length < 2 || ts[0] !== 0 || ts[ts.length - 1] !== 1) {
    throw new InputError(
      `landscape.pathBarrier: expected positions from 0 to 1, got ${ts[0]} to ${ts[ts.length - 1]}`,
    );
  }
  const [first, last] = [at(losses, 0), at(losses, -1)];
  let barrier = 0;
  for (let i = 0; i < ts.length; i++) {
    const t = at(ts, i);
    const rise = at(losses, i) - ((1 - t) * first + t * last);
    // Not Math.max: a NaN on the way is an infinite barrier, not none.
    if (!(rise <= barrier)) barrier = Number.isNaN(rise) ? Infinity : rise;
  }
  return barrier;
}
