import {type ToySplits, toySplits} from '@minefield/datasets';
import type {LabeledExamples} from '@minefield/models';
import type {PoisonSource} from '@minefield/training';
import type {DatasetSpec} from './spec.ts';

/** Everything that one seed draws. */
export interface ExperimentData {
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  readonly fresh: LabeledExamples;
  readonly poison: PoisonSource;
}

export function drawData(spec: DatasetSpec, seed: number): ExperimentData {
  const splits = splitsOf(spec, seed);
  return {
    train: splits.train,
    test: splits.test,
    fresh: splits.fresh(spec.fresh),
    poison: splits.samplePoisonInto,
  };
}

/** Names the data that a seed draws, bit for bit; part of the identity of every job that uses them. */
export function dataFingerprint(spec: DatasetSpec, seed: number): string {
  return splitsOf(spec, seed).fingerprint;
}

function splitsOf({name: _only, fresh: _drawnApart, ...options}: DatasetSpec, seed: number): ToySplits {
  return toySplits(seed, options);
}
