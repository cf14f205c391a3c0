import {type Dataset, InputError, checkOptions, cosTurns, sinTurns} from '@minefield/core';
import {planeDataset} from './plane-dataset.ts';

/** Points at equal angles on a circle about the origin. */
export interface Ring {
  readonly count: number;
  readonly radius: number;
  readonly label: 0 | 1;
  /** Angle of the first point, in turns, clockwise from the second axis. Default 0. */
  readonly phase?: number;
}

/** The authors' wide-margin example: a ring of class 0, and class 1 both far outside it and a hair outside it. */
const WIDE_MARGIN: readonly Ring[] = [
  {count: 40, radius: 0.4, label: 0},
  {count: 80, radius: 0.95, label: 1},
  {count: 10, radius: 0.401, label: 1, phase: 1 / 80},
];

/**
 * Two classes on concentric circles, ring after ring, without chance. The default is the authors' example: a boundary
 * with a wide margin misses ten of its 130 points, and one that fits them all has no margin to speak of.
 *
 * @throws {InputError} when a count is no integer >= 0, a radius is negative or not finite, or a class is neither 0 nor 1
 * @see https://github.com/wronnyhuang/gen-viz/blob/master/wide_margins_example.py
 */
export function concentricCircles(rings: readonly Ring[] = WIDE_MARGIN): Dataset {
  const inputs: number[] = [];
  const labels: number[] = [];
  for (const ring of rings) {
    checkOptions('datasets.concentricCircles', ring, {count: true, radius: true, label: true, phase: true});
    const {count, radius, label, phase = 0} = ring;
    if (!Number.isSafeInteger(count) || count < 0 || !(radius >= 0 && radius < Infinity)) {
      throw new InputError(
        `datasets.concentricCircles: expected a count and a radius >= 0, got ${count} at ${radius}; correct the ring`,
      );
    }
    if ((label !== 0 && label !== 1) || !Number.isFinite(phase)) {
      throw new InputError(
        `datasets.concentricCircles: expected the class 0 or 1 and a finite phase, got ${label} at ${phase}; ` +
          'correct the ring',
      );
    }
    for (let i = 0; i < count; i++) {
      const angle = phase + i / count;
      inputs.push(radius * sinTurns(angle), radius * cosTurns(angle));
      labels.push(label);
    }
  }
  return planeDataset('concentric circles', Float32Array.from(inputs), Uint8Array.from(labels));
}
