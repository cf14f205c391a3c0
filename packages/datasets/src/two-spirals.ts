import {
  type Dataset,
  type Generator,
  InputError,
  type OptionKeys,
  checkOptions,
  cosTurns,
  sinTurns,
} from '@minefield/core';
import {checkGenerator} from './check-generator.ts';
import {planeDataset} from './plane-dataset.ts';

export interface SpiralShape {
  /** Standard deviation of the noise of each coordinate. Default 0.5. */
  readonly noise?: number;
  /** Turns from the centre to the end of an arm. Default 600°/360°. */
  readonly turns?: number;
  /** Distance from the centre gained with each radian. Default 1.5. */
  readonly growth?: number;
}

export interface TwoSpiralsOptions extends SpiralShape {
  /** Where what is random comes from. */
  readonly generator: Generator;
}

export const spiralShapeKeys: OptionKeys<SpiralShape> = {noise: true, turns: true, growth: true};

/**
 * Points of the two-spirals task, drawn independently, of classes 0 and 1 in turn.
 *
 * For U uniform on (0, 1) the angle is a = √U · 2π · turns, and a point of class 0 is
 * (−growth · a cos a, growth · a sin a) + N(0, noise²); class 1 is the same mirrored through the origin. The authors
 * mirror the very points of class 0; here both classes are drawn, so that no test point is the mirror of a training
 * point.
 *
 * @throws {InputError} when the count is no integer >= 0, or an option is negative or not finite
 * @example twoSpirals(400, {generator: createGenerator(1, 'spirals')})
 * @see https://github.com/wronnyhuang/gen-viz/blob/master/swissroll/main.py
 */
export function twoSpirals(count: number, options: TwoSpiralsOptions): Dataset {
  checkOptions('datasets.twoSpirals', options, {generator: true, ...spiralShapeKeys});
  checkGenerator('twoSpirals', options.generator);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new InputError(`datasets.twoSpirals: expected a count >= 0, got ${count}; ask for a whole number`);
  }
  const inputs = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  sampleTwoSpiralsInto(inputs, labels, options);
  return planeDataset('two spirals', inputs, labels);
}

/**
 * {@link twoSpirals} into arrays of the caller: `labels.length` points into `inputs`, `[labels.length, 2]`.
 *
 * @throws {InputError} when the arrays do not fit each other, or an option is negative or not finite
 */
export function sampleTwoSpiralsInto(
  inputs: Float32Array,
  labels: Uint8Array,
  options: TwoSpiralsOptions,
): void {
  checkOptions('datasets.sampleTwoSpiralsInto', options, {generator: true, ...spiralShapeKeys});
  checkGenerator('sampleTwoSpiralsInto', options.generator);
  const {generator, noise = 0.5, turns = 600 / 360, growth = 1.5} = options;
  for (const [name, value] of Object.entries({noise, turns, growth})) {
    if (!(value >= 0 && value < Infinity)) {
      throw new InputError(
        `datasets.twoSpirals: expected a finite ${name} >= 0, got ${value}; give such a number`,
      );
    }
  }
  if (inputs.length !== 2 * labels.length) {
    throw new InputError(
      `datasets.sampleTwoSpiralsInto: expected ${2 * labels.length} coordinates for ${labels.length} labels, got ${inputs.length}; make the one twice as long as the other`,
    );
  }
  generator.fillNormalInto(inputs);
  const radius = growth * 2 * Math.PI;
  for (let i = 0; i < labels.length; i++) {
    const angle = Math.sqrt(generator.uniform()) * turns;
    const side = i % 2;
    const sign = 1 - 2 * side;
    inputs[2 * i] = sign * (noise * (inputs[2 * i] ?? 0) - radius * angle * cosTurns(angle));
    inputs[2 * i + 1] = sign * (noise * (inputs[2 * i + 1] ?? 0) + radius * angle * sinTurns(angle));
    labels[i] = side;
  }
}
