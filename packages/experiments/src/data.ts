import {createGenerator} from '@minefield/core';
import {type Dataset, type Splits, regularSpirals, splitDataset, toySplits} from '@minefield/datasets';
import type {LabeledExamples} from '@minefield/models';
import {type PoisonSource, poisonFromExamples} from '@minefield/training';
import type {DatasetSpec, RegularSpiralsSpec, TwoSpiralsSpec} from './spec.ts';

/** Everything that one seed draws. */
export interface ExperimentData {
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  /** Further test examples; null where the data have no more. */
  readonly fresh: LabeledExamples | null;
  readonly poison: PoisonSource;
}

export function drawData(spec: DatasetSpec, seed: number): ExperimentData {
  if (spec.name === 'regular-spirals') {
    const {train, test, poison} = regularSplits(spec, seed);
    return {train, test, fresh: null, poison: poisonFromSet(poison)};
  }
  const splits = toySplits(seed, spiralsOf(spec));
  return {
    train: splits.train,
    test: splits.test,
    fresh: splits.fresh(spec.fresh),
    poison: splits.samplePoisonInto,
  };
}

/** Names the data that a seed draws, bit for bit; part of the identity of every job that uses them. */
export function dataFingerprint(spec: DatasetSpec, seed: number): string {
  return spec.name === 'regular-spirals'
    ? regularSplits(spec, seed).fingerprint
    : toySplits(seed, spiralsOf(spec)).fingerprint;
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
  const drawn = poisonFromExamples(set, 2);
  return (inputs, labels, generator) => {
    if (labels.length !== set.size) return drawn(inputs, labels, generator);
    inputs.set(set.inputs);
    labels.set(set.labels);
  };
}
