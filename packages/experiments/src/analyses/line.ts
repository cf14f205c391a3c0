import {createGenerator} from '@minefield/core';
import {
  filterNormalizedDirection,
  hessianOperator,
  symmetricGrid,
  symmetricLogarithmicGrid,
} from '@minefield/landscape';
import type {Measurement} from './measurement.ts';
import {alongLine} from './along-line.ts';
import {sevenDigits} from '../measurements/numbers.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/** Loss, accuracies and curvature along one filter-normalized direction. */
export const measureLine: Measurement<'line'> = async (
  minimum,
  {maximum, points, smallest},
  {signal, onProgress},
) => {
  const {model, theta, data, objective, seed} = minimum;
  const direction = filterNormalizedDirection(theta, model.layout, {
    generator: createGenerator(seed, 'line'),
  });
  const distances =
    smallest === undefined
      ? symmetricGrid(maximum, points)
      : symmetricLogarithmicGrid(smallest, maximum, points).map(sevenDigits);
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'line', 'probe'),
    checkOn: singleExamples(data.train.labels.length, seed),
    signal,
  });
  onProgress?.(0.2);
  return {distances, ...(await alongLine(minimum, operator, direction, distances, signal))};
};
