import {toySplits} from '@minefield/datasets';
import type {DatasetOf} from '@minefield/spec';
import {type DataSource, drawnByArithmetic} from './data-source.ts';

type TwoSpirals = DatasetOf<'two-spirals'>;

/** The toy's spirals: each seed draws its own, and poison anew for every step. */
export function twoSpiralsSource(): DataSource<TwoSpirals> {
  return {
    ...drawnByArithmetic,
    fingerprint: (spec, seed) => splitsOf(spec, seed).fingerprint,
    draw(spec, seed) {
      const {train, test, fresh, samplePoisonInto} = splitsOf(spec, seed);
      return {train, test, fresh: fresh(spec.fresh), poison: samplePoisonInto};
    },
  };
}

function splitsOf({name: _only, fresh: _drawnApart, ...options}: TwoSpirals, seed: number) {
  return toySplits(seed, options);
}
