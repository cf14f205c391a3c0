import {createGenerator} from '@minefield/core';
import {
  type Coordinates,
  hessianOperator,
  largestEigenvalue,
  rawCoordinates,
  relativeCoordinates,
} from '@minefield/landscape';
import * as z from 'zod';
import {keptOr} from '../resume/part.ts';
import type {Measurement} from './measurement.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/** The largest eigenvalue of the Hessian of the clean training loss, in scale-free coordinates and in θ. */
export const measureCurvature: Measurement<'curvature'> = async (
  {model, theta, data, objective, seed},
  {iterations, tolerance},
  {signal, onProgress, parts},
) => {
  let found = 0;
  const search = (name: string, coordinates: Coordinates): Promise<Found> =>
    keptOr(parts?.(name), isFound, () => searchIn(name, coordinates)).finally(() => (found += 1));
  const searchIn = async (name: string, coordinates: Coordinates): Promise<Found> => {
    const cancellation = {signal};
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
    const {method, selfCheck} = operator;
    const {value, residual, steps} = pair;
    return {method, selfCheck, value, residual, steps};
  };
  const relative = await search('relative', relativeCoordinates(theta, model.layout));
  const raw = await search('raw', rawCoordinates(theta.length));
  const exact = relative.method === 'exact' && raw.method === 'exact';
  return {
    largestEigenvalue: {relative: relative.value, raw: raw.value},
    method: exact ? 'exact' : 'central differences',
    selfCheck: Math.max(relative.selfCheck, raw.selfCheck),
    iterations: relative.steps + raw.steps,
    residual: {relative: relative.residual, raw: raw.residual},
  };
};

const foundSchema = z.object({
  method: z.enum(['exact', 'central differences']),
  selfCheck: z.number(),
  value: z.number(),
  residual: z.number(),
  steps: z.int(),
});

/** What the search for an eigenvalue gave; kept as a part, for it takes seconds. */
type Found = z.infer<typeof foundSchema>;

function isFound(value: unknown): value is Found {
  return foundSchema.safeParse(value).success;
}
