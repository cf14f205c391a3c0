import {InternalError, at} from '@minefield/core';
import {principalDirections, scanSurface} from '@minefield/landscape';
import type {Measurement} from './measurement.ts';
import {finiteOrNull, sevenDigits} from '../measurements/numbers.ts';
import {networkTask} from './train-runs.ts';
import {walkPath} from './walk-path.ts';

/** How far the surface reaches beyond the path, as a share of its extent. */
const MARGIN = 0.2;

/** The plane of the first two principal components of the way that training took, and the training loss over it. */
export const measureTrajectory: Measurement<'trajectory'> = async (minimum, {size}, context) => {
  const {model, theta, data, objective, seed, poisonFactor, run} = minimum;
  const {initial} = networkTask({seed, poisonFactor, spec: run}, model, data);
  const {iterates} = await walkPath(minimum, context);
  context.onProgress?.(0.8);
  const steps = [0, ...iterates.keys()];
  const {directions, explainedVariance, projections} = principalDirections(
    [initial, ...iterates.values()],
    theta,
  );
  const [first, second] = directions;
  const [share, next] = explainedVariance;
  if (first === undefined || second === undefined || share === undefined || next === undefined) {
    throw new InternalError('experiments.measureTrajectory: expected two directions; this is a bug');
  }
  const alongAxis = (axis: number): number[] =>
    steps.map((_, t) => sevenDigits(at(projections, 2 * t + axis)));
  const [x, y] = [alongAxis(0), alongAxis(1)];
  const [xs, ys] = [gridAround(x, size), gridAround(y, size)];
  const losses = await scanSurface(
    objective,
    theta,
    {first, second, xs, ys},
    {
      signal: context.signal,
      onProgress: (done, total) => context.onProgress?.(0.8 + (0.2 * done) / total),
    },
  );
  return {
    path: {step: steps, x, y},
    explainedVariance: [share, next],
    xs,
    ys,
    trainLoss: Array.from(losses, finiteOrNull),
  };
};

function gridAround(values: readonly number[], size: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = MARGIN * (high - low);
  return Array.from({length: size}, (_, i) =>
    sevenDigits(low - margin + ((high - low + 2 * margin) * i) / (size - 1)),
  );
}
