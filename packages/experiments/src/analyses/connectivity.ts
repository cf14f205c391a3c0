import {createGenerator, InputError, at} from '@minefield/core';
import {
  type BezierPath,
  linearPath,
  pathBarrier,
  pathPointInto,
  scanPath,
  trainBezierPath,
} from '@minefield/landscape';
import type {AnalysisOf} from '@minefield/results';
import {decodeCheckpoint} from '@minefield/models';
import {accuracies} from './accuracies.ts';
import type {Measurement, Minimum} from './measurement.ts';
import {finiteOrNull, sevenDigits} from '../measurements/numbers.ts';
import type {StepContext} from './step-context.ts';

/** The straight line from this minimum to another one of the same data, and a bend that is trained to be low. */
export const measureConnectivity: Measurement<'connectivity'> = async (minimum, settings, context) => {
  const {model, theta, objective, seed, inputs} = minimum;
  const {points, steps, learningRate} = settings;
  const [other] = inputs;
  if (other?.record.kind !== 'run' || other.record.data.checkpoint === null) {
    throw new InputError('experiments.measureConnectivity: expected the run at the far end, got none');
  }
  const end = decodeCheckpoint(other.checkpoint, model.layout);
  const positions = Array.from({length: points}, (_, i) => sevenDigits(i / (points - 1)));
  const {path: bend} = await trainBezierPath(objective, theta, end, {
    generator: createGenerator(seed, 'connectivity'),
    steps,
    learningRate,
    signal: context.signal,
    onProgress: (done, total) => context.onProgress?.(done / total),
  });
  return {
    otherPoisonFactor: other.record.poisonFactor,
    otherCheckpoint: other.record.data.checkpoint.sha256,
    distance: sevenDigits(Math.sqrt(theta.reduce((sum, value, i) => sum + (value - at(end, i)) ** 2, 0))),
    positions,
    line: await along(linearPath(theta, end), positions, minimum, context),
    bend: await along(bend, positions, minimum, context),
    steps,
  };
};

async function along(
  path: BezierPath,
  positions: readonly number[],
  {model, data, objective}: Minimum,
  {signal}: StepContext,
): Promise<AnalysisOf<'connectivity'>['data']['line']> {
  const losses = await scanPath(objective, path, positions, {signal});
  const {dimension} = model.layout;
  const thetas = new Float32Array(positions.length * dimension);
  positions.forEach((t, k) => pathPointInto(thetas.subarray(k * dimension, (k + 1) * dimension), path, t));
  return {
    trainLoss: Array.from(losses, finiteOrNull),
    trainAccuracy: await accuracies(model, thetas, data.train),
    testAccuracy: await accuracies(model, thetas, data.test),
    barrier: finiteOrNull(pathBarrier(positions, losses)),
  };
}
