import {createGenerator} from '@minefield/core';
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
  const {train, test, poison} =
    spec.name === 'house-numbers' ? pictures(spec, seed) : regularSplits(spec, seed);
  const source =
    spec.name === 'house-numbers' ? poisonInEpochs(poison, sizeOf(poison)) : poisonFromSet(poison);
  return {train, test, fresh: null, poison: source};
}

/** Names the data that a seed draws, bit for bit; part of the identity of every job that uses them. */
export function dataFingerprint(spec: DatasetSpec, seed: number): string {
  if (spec.name === 'regular-spirals') return regularSplits(spec, seed).fingerprint;
  if (spec.name === 'house-numbers') return pictures(spec, seed).fingerprint;
  return toySplits(seed, spiralsOf(spec)).fingerprint;
}

/** Whether examples are pictures rather than points of the plane. */
export function isOfPictures({name}: DatasetSpec): boolean {
  return name === 'house-numbers';
}

/** Shape of an example, and how many classes there are. */
export function formOf(spec: DatasetSpec): {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  readonly classes: number;
} {
  const size = ('size' in spec ? spec.size : undefined) ?? 32;
  return {inputShape: [size, size, 3], classes: 10};
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
