import {createGenerator, type Dataset} from '@minefield/core';
import {type Splits, regularSpirals, splitDataset} from '@minefield/datasets';
import {exampleSizeOf} from '@minefield/models';
import type {DatasetOf} from '@minefield/spec';
import {type PoisonSource, poisonFromExamples} from '@minefield/training';
import {type DataSource, drawnByArithmetic} from './data-source.ts';

type RegularSpirals = DatasetOf<'regular-spirals'>;

/** The minefield's spirals: always the same points, which each seed deals out anew. */
export function regularSpiralsSource(): DataSource<RegularSpirals> {
  return {
    ...drawnByArithmetic,
    fingerprint: (spec, seed) => splitsOf(spec, seed).fingerprint,
    draw(spec, seed) {
      const {train, test, poison} = splitsOf(spec, seed);
      return {train, test, fresh: null, poison: poisonFromSet(poison)};
    },
  };
}

function splitsOf({name: _only, train, test, poison, ...spirals}: RegularSpirals, seed: number): Splits {
  const generator = createGenerator(seed, 'regular spirals', 'split');
  return splitDataset(regularSpirals(spirals), {train, test, poison}, {generator});
}

/** All of the set in each step that asks for as many; with replacement otherwise. */
function poisonFromSet(set: Dataset): PoisonSource {
  const drawn = poisonFromExamples(set, exampleSizeOf(set));
  return (inputs, labels, generator) => {
    if (labels.length !== set.size) return drawn(inputs, labels, generator);
    inputs.set(set.inputs);
    labels.set(set.labels);
  };
}
