import {
  type Dataset,
  type Generator,
  checkOptions,
  createGenerator,
  datasetFingerprint,
  fingerprint,
} from '@minefield/core';
import {type SpiralShape, sampleTwoSpiralsInto, spiralShapeKeys, twoSpirals} from './two-spirals.ts';

export interface ToySplitsOptions extends SpiralShape {
  /** Training points. Default 200. */
  readonly train?: number;
  /** Test points. Default 200. */
  readonly test?: number;
}

/** The data of one seed of the toy experiment. */
export interface ToySplits {
  readonly train: Dataset;
  readonly test: Dataset;
  /** SHA-256 of train and test, lower-case hex; computed when it is first asked for. */
  readonly fingerprint: string;
  /** So many fresh test points; always the same ones for the same size. */
  fresh(size: number): Dataset;
  /** Writes `labels.length` fresh poison points, with their true labels, into the arrays. */
  samplePoisonInto(inputs: Float32Array, labels: Uint8Array, generator: Generator): void;
}

/**
 * Two spirals for one seed. Train, test and fresh points come from streams of their own, named by the seed, so none
 * depends on the size of another; poison comes from the generator that is passed in, which must not be one of these.
 *
 * @throws {InputError} when the seed, a size or an option is out of range
 * @example toySplits(1).train.size // 200
 */
export function toySplits(seed: number, options: ToySplitsOptions = {}): ToySplits {
  checkOptions('datasets.toySplits', options, {train: true, test: true, ...spiralShapeKeys});
  const {train: trainSize = 200, test: testSize = 200, ...spirals} = options;
  const streams = createGenerator(seed, 'toy splits');
  const train = twoSpirals(trainSize, {generator: streams.derive('train'), ...spirals});
  const test = twoSpirals(testSize, {generator: streams.derive('test'), ...spirals});
  let kept: string | undefined;
  return {
    train,
    test,
    get fingerprint() {
      kept ??= fingerprint('toy splits', datasetFingerprint(train), datasetFingerprint(test));
      return kept;
    },
    fresh: (size) => twoSpirals(size, {generator: streams.derive('fresh'), ...spirals}),
    samplePoisonInto: (inputs, labels, generator) =>
      sampleTwoSpiralsInto(inputs, labels, {generator, ...spirals}),
  };
}
