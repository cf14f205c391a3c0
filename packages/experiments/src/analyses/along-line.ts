import {type HessianOperator, curvatureAlong, pointsAlong, scanLine} from '@minefield/landscape';
import type {CancelSignal} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import {accuracies} from './accuracies.ts';
import type {Minimum} from './measurement.ts';
import {finiteOrNull} from '../measurements/numbers.ts';

/**
 * Loss, accuracies and curvature at each θ + t·d.
 *
 * @param operator in raw coordinates, at θ
 * @param distances t
 */
export async function alongLine(
  {model, theta, data, objective}: Minimum,
  operator: HessianOperator,
  direction: Float32Array,
  distances: readonly number[],
  signal: CancelSignal | undefined,
): Promise<Omit<AnalysisOf<'line'>['data'], 'distances'>> {
  const losses = await scanLine(objective, theta, direction, distances, {signal});
  const thetas = pointsAlong(theta, direction, distances);
  return {
    trainLoss: Array.from(losses, finiteOrNull),
    trainAccuracy: await accuracies(model, thetas, data.train),
    testAccuracy: await accuracies(model, thetas, data.test),
    curvature: Array.from(await curvatureAlong(operator, theta, direction, distances), finiteOrNull),
  };
}
