import {createGenerator} from '@minefield/core';
import {
  type Coordinates,
  type Eigenpair,
  type HessianOperator,
  hessianOperator,
  largestEigenvalue,
  rawCoordinates,
  relativeCoordinates,
} from '@minefield/landscape';
import type {Measurement} from './analyze-checkpoint.ts';
import {singleExamples} from './single-examples.ts';

/** The largest eigenvalue of the Hessian of the clean training loss, in scale-free coordinates and in θ. */
export const measureCurvature: Measurement<'curvature'> = async (
  {model, theta, data, objective, seed},
  {iterations, tolerance},
  {signal, onProgress},
) => {
  let found = 0;
  const search = async (name: string, coordinates: Coordinates): Promise<Found> => {
    const cancellation = {...(signal && {signal})};
    const operator = await hessianOperator(objective, theta, {
      generator: createGenerator(seed, 'curvature', name, 'probe'),
      coordinates,
      checkOn: singleExamples(data.train.labels.length, seed),
      ...cancellation,
    });
    const pair = await largestEigenvalue(operator, {
      generator: createGenerator(seed, 'curvature', name, 'start'),
      maximumSteps: iterations,
      tolerance,
      onProgress: (steps, most) => onProgress?.((found + steps / most) / 2),
      ...cancellation,
    });
    found += 1;
    return {operator, pair};
  };
  const relative = await search('relative', relativeCoordinates(theta, model.layout));
  const raw = await search('raw', rawCoordinates(theta.length));
  const exact = relative.operator.method === 'exact' && raw.operator.method === 'exact';
  return {
    largestEigenvalue: {relative: relative.pair.value, raw: raw.pair.value},
    method: exact ? 'exact' : 'central differences',
    selfCheck: Math.max(relative.operator.selfCheck, raw.operator.selfCheck),
    iterations: relative.pair.steps + raw.pair.steps,
    residual: {relative: relative.pair.residual, raw: raw.pair.residual},
  };
};

interface Found {
  readonly operator: HessianOperator;
  readonly pair: Eigenpair & {readonly steps: number};
}
