import {circleSplits} from '@minefield/datasets';
import type {DatasetOf} from '@minefield/spec';
import {type DataSource, drawnByArithmetic} from './data-source.ts';

/** Concentric circles: the same points to train on for every seed, others to test with; poison anew for every step. */
export function concentricCirclesSource(): DataSource<DatasetOf<'concentric-circles'>> {
  return {
    ...drawnByArithmetic,
    fingerprint: ({train, test}, seed) => circleSplits(seed, {train, test}).fingerprint,
    draw({train: trainSize, test: testSize}, seed) {
      const {train, test, samplePoisonInto} = circleSplits(seed, {train: trainSize, test: testSize});
      return {train, test, fresh: null, poison: samplePoisonInto};
    },
  };
}
