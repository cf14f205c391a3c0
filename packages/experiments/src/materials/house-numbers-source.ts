import {houseNumberSplits} from '@minefield/datasets';
import type {DatasetOf} from '@minefield/spec';
import {type DataSource, drawnByArithmetic} from './data-source.ts';
import {pictureData} from './picture-data.ts';
import {rememberingAll, rememberingLatest} from './remembering.ts';

type HouseNumbers = DatasetOf<'house-numbers'>;

/** Pictures as of house numbers, drawn by arithmetic: each seed draws its own. */
export function houseNumbersSource(): DataSource<HouseNumbers> {
  const splitsOf = rememberingLatest(({name: _only, ...options}: HouseNumbers, seed: number) =>
    houseNumberSplits(seed, options),
  );
  return {
    ...drawnByArithmetic,
    fingerprint: rememberingAll((spec: HouseNumbers, seed: number) => splitsOf(spec, seed).fingerprint),
    draw: (spec, seed) => pictureData(splitsOf(spec, seed)),
  };
}
