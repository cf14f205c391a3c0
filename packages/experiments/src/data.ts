import {createGenerator, InputError} from '@minefield/core';
import {
  type Dataset,
  type Splits,
  houseNumberSplits,
  regularSpirals,
  splitDataset,
  toySplits,
} from '@minefield/datasets';
import type {LabeledExamples} from '@minefield/models';
import {type PoisonSource, poisonFromExamples, poisonInEpochs} from '@minefield/training';
import {svhnFile, svhnLabel, svhnSplits} from './svhn-source.ts';
import type {DatasetSpec, HouseNumbersSpec, RegularSpiralsSpec, TwoSpiralsSpec} from './spec.ts';

/** Everything that one seed draws. */
export interface ExperimentData {
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  /** Further test examples; null where the data have no more. */
  readonly fresh: LabeledExamples | null;
  readonly poison: PoisonSource;
}

export function drawData(spec: DatasetSpec, seed: number): ExperimentData {
  if (spec.name === 'two-spirals') {
    const splits = toySplits(seed, spiralsOf(spec));
    return {
      train: splits.train,
      test: splits.test,
      fresh: splits.fresh(spec.fresh),
      poison: splits.samplePoisonInto,
    };
  }
  const {train, test, poison} = splitsOf(spec, seed);
  const source = isOfPictures(spec) ? poisonInEpochs(poison, sizeOf(poison)) : poisonFromSet(poison);
  return {train, test, fresh: null, poison: source};
}

/**
 * The data of a job, which must be those that it was planned with: images come from a file that may be another here.
 *
 * @throws {InputError} where they are others
 */
export function dataOf(
  {seed, dataset: fingerprint}: {readonly seed: number; readonly dataset: string},
  spec: DatasetSpec,
): ExperimentData {
  if (isOfPictures(spec) && dataFingerprint(spec, seed) !== fingerprint) {
    throw new InputError(
      `experiments.dataOf: expected the ${spec.name} data that the job names, ${fingerprint.slice(0, 16)}…, got ` +
        `${dataFingerprint(spec, seed).slice(0, 16)}…; name the same file`,
    );
  }
  return drawData(spec, seed);
}

/** The first so many examples; all where there are no more. */
export function firstExamples(examples: LabeledExamples, count: number): LabeledExamples {
  const {inputs, labels} = examples;
  if (count >= labels.length) return examples;
  const size = inputs.length / labels.length;
  return {inputs: inputs.subarray(0, count * size), labels: Array.from(labels).slice(0, count)};
}

/** Fingerprints of pictures, which take seconds each. */
const drawnBefore = new Map<string, string>();

/** Names the data that a seed draws, bit for bit; part of the identity of every job that uses them. */
export function dataFingerprint(spec: DatasetSpec, seed: number): string {
  if (spec.name === 'two-spirals') return toySplits(seed, spiralsOf(spec)).fingerprint;
  if (!isOfPictures(spec)) return splitsOf(spec, seed).fingerprint;
  const key = JSON.stringify([spec, seed, spec.name === 'svhn' ? svhnFile() : null]);
  const fingerprint = drawnBefore.get(key) ?? splitsOf(spec, seed).fingerprint;
  drawnBefore.set(key, fingerprint);
  return fingerprint;
}

/** What readers of a record must know of the data; null where there is nothing. */
export function dataLabel({name}: DatasetSpec): string | null {
  return name === 'svhn' ? svhnLabel() : null;
}

function splitsOf(spec: Exclude<DatasetSpec, TwoSpiralsSpec>, seed: number): Splits {
  if (spec.name === 'svhn') return svhnSplits(spec, seed);
  return spec.name === 'house-numbers' ? pictures(spec, seed) : regularSplits(spec, seed);
}

/** Whether examples are pictures rather than points of the plane. */
export function isOfPictures({name}: DatasetSpec): boolean {
  return name === 'house-numbers' || name === 'svhn';
}

/** Shape of an example, and how many classes there are. */
export function formOf(spec: DatasetSpec): {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  readonly classes: number;
} {
  const size = ('size' in spec ? spec.size : undefined) ?? 32;
  const channels = ('channels' in spec ? spec.channels : undefined) ?? 3;
  return {inputShape: [size, size, channels], classes: 10};
}

let latest: {readonly key: string; readonly splits: Splits} | undefined;

/** Drawing thousands of pictures takes seconds, and one job after another looks at the same: the latest are kept. */
function pictures({name: _only, ...options}: HouseNumbersSpec, seed: number): Splits {
  const key = JSON.stringify([options, seed]);
  if (latest?.key !== key) latest = {key, splits: houseNumberSplits(seed, options)};
  return latest.splits;
}

function sizeOf({inputShape}: Dataset): number {
  return inputShape.reduce((product, length) => product * length, 1);
}

function spiralsOf({name: _only, fresh: _drawnApart, ...options}: TwoSpiralsSpec) {
  return options;
}

function regularSplits(
  {name: _only, train, test, poison, ...spirals}: RegularSpiralsSpec,
  seed: number,
): Splits {
  const generator = createGenerator(seed, 'regular spirals', 'split');
  return splitDataset(regularSpirals(spirals), {train, test, poison}, generator);
}

/** All of the set in each step that asks for as many; with replacement otherwise. */
function poisonFromSet(set: Dataset): PoisonSource {
  const drawn = poisonFromExamples(set, sizeOf(set));
  return (inputs, labels, generator) => {
    if (labels.length !== set.size) return drawn(inputs, labels, generator);
    inputs.set(set.inputs);
    labels.set(set.labels);
  };
}
