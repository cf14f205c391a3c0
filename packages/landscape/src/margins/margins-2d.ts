import {at, checkOptions, type CancelSignal, type Classifier, InputError} from '@minefield/core';
import {scanDistances} from '../basins/scan-distances.ts';
import {checkCount, checkFloat32, checkPositions, checkTolerance} from '../check-input.ts';
import {nearestBoundary, type NearestBoundary} from './nearest-boundary.ts';
import {predictedClasses} from './predicted-classes.ts';

export interface Margins2dOptions {
  /** Boundaries are looked for up to this distance. */
  readonly maximum: number;
  /** Radii of the circles searched, rising, up to `maximum`. Default: {@link scanDistances} from maximum / 1,000, each 10% wider. */
  readonly rings?: ArrayLike<number>;
  /** Points on each circle. Default 64. */
  readonly angles?: number;
  /** Relative tolerance of a distance, in (0, 1). Default 1e-5. */
  readonly tolerance?: number;
  /** Points searched at once. Default 256. */
  readonly batch?: number;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Margins {
  /** Distance from each input to the nearest point found where another class is predicted or ties, `[n]`; Infinity for none. */
  readonly distances: Float64Array;
  /** Those nearest points, `[n, d]`; NaN for none. */
  readonly nearest: Float32Array;
  /** Class predicted at each input, `[n]`: margins are to the edge of this class, right or wrong. */
  readonly predicted: Int32Array;
}

/**
 * Distance in the plane from each point to the decision boundary, to the tolerance, unless a region of another class passes between
 * neighbouring points of the last circle searched, or lies wholly between two rings. Never shorter than the truth by more than
 * rounding: another class is predicted at `nearest`.
 *
 * @param inputs `[n, 2]`
 * @throws {InputError} unless inputs are two-dimensional and there is at least one, or when an option makes no sense
 */
export async function margins2d(
  classifier: Classifier,
  inputs: Float32Array,
  options: Margins2dOptions,
): Promise<Margins> {
  checkOptions('landscape.margins2d', options, {
    maximum: true,
    rings: true,
    angles: true,
    tolerance: true,
    batch: true,
    signal: true,
    onProgress: true,
  });
  checkFloat32('margins2d', 'inputs', inputs);
  const {maximum, rings = scanDistances({maximum}), angles = 64, tolerance = 1e-5, batch = 256} = options;
  const {signal, onProgress} = options;
  if (classifier.dimension !== 2 || inputs.length === 0 || inputs.length % 2 !== 0) {
    throw new InputError(
      `landscape.margins2d: expected at least one input [n, 2], got ${inputs.length} numbers of dimension ` +
        `${classifier.dimension}; deepFoolMargins takes other dimensions`,
    );
  }
  checkCount('margins2d', 'a batch', batch);
  checkCount('margins2d', 'angles', angles);
  checkTolerance('margins2d', tolerance);
  checkRings(rings, maximum);
  const count = inputs.length / 2;
  const distances = new Float64Array(count);
  const nearest = new Float32Array(2 * count);
  const predicted = new Int32Array(count);
  for (let first = 0; first < count; first += batch) {
    const searches = Array.from({length: Math.min(batch, count - first)}, (_, i) =>
      nearestBoundary({
        x: at(inputs, 2 * (first + i)),
        y: at(inputs, 2 * (first + i) + 1),
        rings,
        angles,
        tolerance,
      }),
    );
    const found = await runTogether(classifier, searches, signal);
    found.forEach((boundary, i) => {
      distances[first + i] = boundary.distance;
      predicted[first + i] = boundary.predicted;
      nearest.set([boundary.x, boundary.y], 2 * (first + i));
    });
    onProgress?.(first + found.length, count);
  }
  return {distances, nearest, predicted};
}

/** @throws {InputError} unless there is a ring, and they rise from above 0 to no more than the maximum */
function checkRings(rings: ArrayLike<number>, maximum: number): void {
  checkPositions('margins2d', 'rings', rings);
  let previous = 0;
  for (let i = 0; i < rings.length; i++) {
    const radius = at(rings, i);
    if (!(radius > previous && radius < Infinity)) {
      throw new InputError(
        `landscape.margins2d: expected finite rings that rise from above 0, got ${radius} after ${previous}`,
      );
    }
    previous = radius;
  }
  if (!(previous > 0 && previous <= maximum)) {
    throw new InputError(
      `landscape.margins2d: expected at least one ring, the last at most the maximum ${maximum}, got ${previous || 'none'}`,
    );
  }
}

type BoundaryGenerator = Generator<Float32Array, NearestBoundary, Int32Array>;

/** Classifies what all searches ask for in one call, until all are done. */
async function runTogether(
  classifier: Classifier,
  searches: readonly BoundaryGenerator[],
  signal: CancelSignal | undefined,
): Promise<NearestBoundary[]> {
  const steps = searches.map((search) => search.next());
  for (;;) {
    signal?.throwIfAborted();
    const asked = steps.map((step) => (step.done ? new Float32Array(0) : step.value));
    const total = asked.reduce((sum, {length}) => sum + length, 0);
    if (total === 0 && steps.every(({done}) => done)) break;
    const queries = new Float32Array(total);
    let offset = 0;
    for (const part of asked) {
      queries.set(part, offset);
      offset += part.length;
    }
    const classes = total > 0 ? await predictedClasses(classifier, queries) : new Int32Array(0);
    offset = 0;
    for (const [i, search] of searches.entries()) {
      if (at(steps, i).done) continue;
      const asks = at(asked, i).length / 2;
      steps[i] = search.next(classes.subarray(offset, offset + asks));
      offset += asks;
    }
  }
  return steps.flatMap((step) => (step.done ? [step.value] : []));
}
