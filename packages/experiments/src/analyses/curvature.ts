import {createGenerator} from '@minefield/core';
import {
  type Coordinates,
  hessianOperator,
  largestEigenvalue,
  largestUnderMoves,
  rawCoordinates,
  relativeCoordinates,
} from '@minefield/landscape';
import * as z from 'zod';
import {keptOr} from '../resume/part.ts';
import type {Measurement} from './measurement.ts';
import {kinkData, kinkOf, spreadData} from '../measurements/kinks.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/**
 * The largest eigenvalue of the Hessian of the clean training loss, in scale-free coordinates and in θ; how near the minimum lies
 * to a kink, and what the eigenvalue is at points next to it.
 */
export const measureCurvature: Measurement<'curvature'> = async (
  {model, theta, data, objective, seed},
  {iterations, tolerance},
  {signal, onProgress, parts},
) => {
  let found = 0;
  const search = (name: string, coordinates: Coordinates): Promise<Found> =>
    keptOr(parts?.(name), isFound, () => searchIn(name, coordinates)).finally(() => (found += 1));
  const searchIn = async (name: string, coordinates: Coordinates): Promise<Found> => {
    const operator = await hessianOperator(objective, theta, {
      generator: createGenerator(seed, 'curvature', name, 'probe'),
      coordinates,
      checkOn: singleExamples(data.train.labels.length, seed),
      signal,
    });
    const pair = await largestEigenvalue(operator, {
      generator: createGenerator(seed, 'curvature', name, 'start'),
      maximumSteps: iterations,
      tolerance,
      onProgress: (steps, most) => onProgress?.((found + steps / most / 2) / 2),
      signal,
    });
    // The same points in both coordinates.
    const {moves, size, ...spread} = await largestUnderMoves(operator, theta, pair, {
      generator: createGenerator(seed, 'curvature', 'moves'),
      maximumSteps: iterations,
      tolerance,
      onProgress: (done, most) => onProgress?.((found + 0.5 + done / most / 2) / 2),
      signal,
    });
    const {method, selfCheck} = operator;
    const {value, residual, errorBound, steps} = pair;
    return {
      method,
      selfCheck,
      value,
      residual,
      errorBound,
      steps,
      underMoves: {moves, size, ...spreadData(spread)},
    };
  };
  const relative = await search('relative', relativeCoordinates(theta, model.layout));
  const raw = await search('raw', rawCoordinates(theta.length));
  const kink = await kinkOf(model, theta, data.train, signal);
  const {moves, size, ...relativeSpread} = relative.underMoves;
  const {moves: _sameMoves, size: _sameSize, ...rawSpread} = raw.underMoves;
  const exact = relative.method === 'exact' && raw.method === 'exact';
  return {
    largestEigenvalue: {relative: relative.value, raw: raw.value},
    method: exact ? 'exact' : 'central differences',
    selfCheck: Math.max(relative.selfCheck, raw.selfCheck),
    iterations: relative.steps + raw.steps,
    residual: {relative: relative.residual, raw: raw.residual},
    errorBound: {relative: relative.errorBound, raw: raw.errorBound},
    kink: kinkData(kink),
    underMoves: {moves, size, relative: relativeSpread, raw: rawSpread},
  };
};

const foundSchema = z.object({
  method: z.enum(['exact', 'central differences']),
  selfCheck: z.number(),
  value: z.number(),
  residual: z.number(),
  errorBound: z.number(),
  steps: z.int(),
  underMoves: z.object({
    moves: z.int(),
    size: z.number(),
    median: z.number(),
    low: z.number(),
    high: z.number(),
  }),
});

/** What the search for an eigenvalue gave; kept as a part, for it takes seconds. */
type Found = z.infer<typeof foundSchema>;

function isFound(value: unknown): value is Found {
  return foundSchema.safeParse(value).success;
}
