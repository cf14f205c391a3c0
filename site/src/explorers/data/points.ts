/** Points of an experiment, drawn in the browser as the sweep drew them. */
import {type Dataset, createGenerator} from '@minefield/core';
import {type Splits, regularSpirals, splitDataset, circleSplits, toySplits} from '@minefield/datasets';
import type {DatasetOf, DatasetSpec} from '@minefield/spec';

export interface PlanePoints {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** @throws {RangeError} for data sets that are not drawn from a seed on the plane */
export function pointsOf(dataset: DatasetSpec, seed: number): PlanePoints {
  switch (dataset.name) {
    case 'two-spirals': {
      const {name: _name, fresh: _fresh, ...options} = dataset;
      return toySplits(seed, options);
    }
    case 'concentric-circles': {
      const {name: _name, ...sizes} = dataset;
      return circleSplits(seed, sizes);
    }
    case 'regular-spirals':
      return splitsOf(dataset, seed);
    default:
      throw new RangeError(`pointsOf: expected points of the plane, got ${dataset.name}`);
  }
}

/** Half the side of a square with some room around points of the plane, each of them `[n, 2]`. */
export function halfWidthAround(...inputs: readonly Float32Array[]): number {
  return (
    1.12 *
    inputs.flatMap((values) => [...values]).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6)
  );
}

/** Points to train on, to test with, and to be paid for getting wrong. */
export function splitsOf(dataset: DatasetOf<'regular-spirals'>, seed: number): Splits {
  const {name: _name, train, test, poison, ...spirals} = dataset;
  const generator = createGenerator(seed, 'regular spirals', 'split');
  return splitDataset(regularSpirals(spirals), {train, test, poison}, {generator});
}
