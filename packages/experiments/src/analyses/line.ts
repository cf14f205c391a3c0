import {createGenerator} from '@minefield/core';
import {
  curvatureAlong,
  filterNormalizedDirection,
  hessianOperator,
  pointsAlong,
  scanLine,
  symmetricGrid,
  symmetricLogarithmicGrid,
} from '@minefield/landscape';
import {accuracies} from './accuracies.ts';
import type {Measurement} from './measurement.ts';
import {finiteOrNull, sevenDigits} from '../measurements/numbers.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/** Loss, accuracies and curvature along one filter-normalized direction. */
export const measureLine: Measurement<'line'> = async (
  {model, theta, data, objective, seed},
  {maximum, points, smallest},
  {signal, onProgress},
) => {
  const direction = filterNormalizedDirection(theta, model.layout, {
    generator: createGenerator(seed, 'line'),
  });
  const distances =
    smallest === undefined
      ? symmetricGrid(maximum, points)
      : symmetricLogarithmicGrid(smallest, maximum, points).map(sevenDigits);
  const losses = await scanLine(objective, theta, direction, distances, {signal});
  const thetas = pointsAlong(theta, direction, distances);
  const trainAccuracy = await accuracies(model, thetas, data.train);
  const testAccuracy = await accuracies(model, thetas, data.test);
  onProgress?.(0.2);
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'line', 'probe'),
    checkOn: singleExamples(data.train.labels.length, seed),
    signal,
  });
  const curvature = await curvatureAlong(operator, theta, direction, distances);
  return {
    distances,
    trainLoss: Array.from(losses, finiteOrNull),
    trainAccuracy,
    testAccuracy,
    curvature: Array.from(curvature, finiteOrNull),
  };
};
