import {
  type Dataset,
  type Generator,
  InputError,
  checkOptions,
  cosTurns,
  createGenerator,
  datasetFingerprint,
  fingerprint,
  sinTurns,
} from '@minefield/core';
import {concentricCircles} from './concentric-circles.ts';
import {planeDataset} from './plane-dataset.ts';
import {selectExamples} from './select-examples.ts';

export interface CircleSplitsOptions {
  /** The first so many of the authors' 130 points. Default all; with 120 the ten that spoil the wide margin are left out. */
  readonly train?: number;
  /** Default 200. */
  readonly test?: number;
}

/** The data of one seed of the concentric circles. */
export interface CircleSplits {
  /** The same for every seed. */
  readonly train: Dataset;
  readonly test: Dataset;
  /** SHA-256 of train and test, lower-case hex. */
  readonly fingerprint: string;
  /** Writes `labels.length` fresh points, with their true labels, into the arrays. */
  samplePoisonInto(inputs: Float32Array, labels: Uint8Array, generator: Generator): void;
}

const [INNER, OUTER] = [0.4, 0.95];

/**
 * The authors' points on concentric circles to train on, and others at random angles of the two large circles to test with: one
 * in three on the inner circle, of class 0, the others on the outer one, of class 1. None is where the ten points of class 1 are
 * that lie a hair outside the inner circle.
 *
 * @throws {InputError} when the seed or a size is out of range
 */
export function circleSplits(seed: number, options: CircleSplitsOptions = {}): CircleSplits {
  checkOptions('datasets.circleSplits', options, {train: true, test: true});
  const whole = concentricCircles();
  const {train: trainSize = whole.size, test: testSize = 200} = options;
  for (const [name, size, most] of [
    ['train', trainSize, whole.size],
    ['test', testSize, Infinity],
  ] as const) {
    if (!Number.isSafeInteger(size) || size < 0 || size > most) {
      throw new InputError(
        `datasets.circleSplits: expected ${name} to be a whole number from 0${most < Infinity ? ` to ${most}` : ''}, got ${size}`,
      );
    }
  }
  const train = selectExamples(
    whole,
    Array.from({length: trainSize}, (_, i) => i),
    'concentric circles: train',
  );
  const inputs = new Float32Array(2 * testSize);
  const labels = new Uint8Array(testSize);
  sampleInto(inputs, labels, createGenerator(seed, 'concentric circles', 'test'));
  const test = planeDataset('concentric circles: test', inputs, labels);
  return {
    train,
    test,
    fingerprint: fingerprint('concentric circles', datasetFingerprint(train), datasetFingerprint(test)),
    samplePoisonInto: sampleInto,
  };
}

function sampleInto(inputs: Float32Array, labels: Uint8Array, generator: Generator): void {
  for (let i = 0; i < labels.length; i++) {
    const label = generator.uniform() < 1 / 3 ? 0 : 1;
    const radius = label === 0 ? INNER : OUTER;
    const angle = generator.uniform();
    inputs[2 * i] = radius * sinTurns(angle);
    inputs[2 * i + 1] = radius * cosTurns(angle);
    labels[i] = label;
  }
}
