// What this package makes, as `@minefield/core` defines it.
export {datasetFingerprint} from '@minefield/core';
export type {Dataset} from '@minefield/core';
export {concentricCircles} from './concentric-circles.ts';
export type {Ring} from './concentric-circles.ts';
export {houseNumberSplits} from './house-numbers/house-number-splits.ts';
export type {HouseNumberSplits, HouseNumberSplitsOptions} from './house-numbers/house-number-splits.ts';
export {houseNumbers} from './house-numbers/house-numbers.ts';
export type {HouseNumbers, HouseNumbersOptions} from './house-numbers/house-numbers.ts';
export {regularSpirals} from './regular-spirals.ts';
export type {RegularSpiralsOptions} from './regular-spirals.ts';
export {selectExamples} from './select-examples.ts';
export {splitDataset} from './split-dataset.ts';
export type {SplitOptions, SplitSizes, Splits} from './split-dataset.ts';
export {toySplits} from './toy-splits.ts';
export type {ToySplits, ToySplitsOptions} from './toy-splits.ts';
export {sampleTwoSpiralsInto, twoSpirals} from './two-spirals.ts';
export type {SpiralShape, TwoSpiralsOptions} from './two-spirals.ts';
