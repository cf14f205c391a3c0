import {type Dataset, InputError, checkOptions, cosTurns, sinTurns} from '@minefield/core';
import {planeDataset} from './plane-dataset.ts';

export interface RegularSpiralsOptions {
  /** Default 200. */
  readonly pointsPerClass?: number;
  /** Turns of an arm. Default 1.5. */
  readonly turns?: number;
  /** Distance from the centre at one radian. Default 5. */
  readonly scale?: number;
}

/**
 * The spirals of the minefield experiment, without chance: point i of class 1 is scale · √a (cos a, sin a) at the angle
 * a = 2π · turns · i / pointsPerClass, and class 0 is class 1 mirrored through the origin. The classes take turns,
 * class 0 first.
 *
 * Both arms begin at the origin, as the authors' do: two equal points of different classes, which no network can tell
 * apart.
 *
 * @throws {InputError} when the count is no integer >= 0, or another option is negative or not finite
 * @see https://github.com/wronnyhuang/gen-viz/blob/master/minefield/utils.py
 */
export function regularSpirals(options: RegularSpiralsOptions = {}): Dataset {
  checkOptions('datasets.regularSpirals', options, {pointsPerClass: true, turns: true, scale: true});
  const {pointsPerClass = 200, turns = 1.5, scale = 5} = options;
  if (!Number.isSafeInteger(pointsPerClass) || pointsPerClass < 0) {
    throw new InputError(
      `datasets.regularSpirals: expected pointsPerClass >= 0, got ${pointsPerClass}; ask for a whole number`,
    );
  }
  for (const [name, value] of Object.entries({turns, scale})) {
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(
        `datasets.regularSpirals: expected a finite ${name} >= 0, got ${value}; give such a number`,
      );
    }
  }
  const labels = Uint8Array.from({length: 2 * pointsPerClass}, (_, row) => row % 2);
  const inputs = new Float32Array(2 * labels.length);
  for (const [row, label] of labels.entries()) {
    const angle = (turns * Math.floor(row / 2)) / pointsPerClass;
    const radius = (2 * label - 1) * scale * Math.sqrt(2 * Math.PI * angle);
    inputs[2 * row] = radius * cosTurns(angle);
    inputs[2 * row + 1] = radius * sinTurns(angle);
  }
  return planeDataset('regular spirals', inputs, labels);
}
