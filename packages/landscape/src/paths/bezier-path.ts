import {checkFloat32} from '../check-input.ts';

/** A quadratic Bézier curve between two parameter vectors: (1−t)² start + 2t(1−t) control + t² end. */
export interface BezierPath {
  /** `[P]`. */
  readonly start: Float32Array;
  /** `[P]`. */
  readonly control: Float32Array;
  /** `[P]`. */
  readonly end: Float32Array;
}

/** The straight line, as a Bézier curve with its control point in the middle. */
export function linearPath(start: Float32Array, end: Float32Array): BezierPath {
  checkFloat32('linearPath', 'a start', start);
  checkFloat32('linearPath', 'an end', end, start.length);
  return {start, control: start.map((value, i) => (value + (end[i] ?? 0)) / 2), end};
}

/** Writes the point at t in 0..1 into `out`. */
export function pathPointInto(out: Float32Array, {start, control, end}: BezierPath, t: number): void {
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  for (let i = 0; i < out.length; i++) {
    out[i] = a * (start[i] ?? 0) + b * (control[i] ?? 0) + c * (end[i] ?? 0);
  }
}
