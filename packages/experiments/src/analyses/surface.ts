import {createGenerator, geometricMean} from '@minefield/core';
import {filterNormalizedDirection, radiiInPlane, scanSurface, symmetricGrid} from '@minefield/landscape';
import type {AnalysisOf} from '@minefield/results';
import type {Measurement} from './measurement.ts';
import {finiteOrNull, sevenDigits} from '../measurements/numbers.ts';

/**
 * Clean training loss over the plane of two filter-normalized directions: in a window that is the same for every minimum, and in
 * one that is made to the measure of this one.
 */
export const measureSurface: Measurement<'surface'> = async (
  {model, theta, objective, seed},
  {maximum, size, fitted},
  {signal, onProgress},
) => {
  const direction = (axis: string): Float32Array =>
    filterNormalizedDirection(theta, model.layout, {generator: createGenerator(seed, 'surface', axis)});
  const plane = {first: direction('x'), second: direction('y')};
  const windows = fitted === undefined ? 1 : 2;
  const over = async (halfWidth: number, before: number): Promise<Window> => {
    const xs = symmetricGrid(halfWidth, size);
    const losses = await scanSurface(
      objective,
      theta,
      {...plane, xs, ys: xs},
      {signal, onProgress: (done, total) => onProgress?.((before + done / total) / windows)},
    );
    return {xs, ys: xs, trainLoss: Array.from(losses, finiteOrNull)};
  };
  const whole = await over(maximum, 0);
  if (fitted === undefined) return whole;
  const {cutoff, times} = fitted;
  const radii = await radiiInPlane(objective, theta, plane, {cutoff, maximum: REACH * maximum, signal});
  if (radii === null) return {...whole, fitted: null};
  const radius = sevenDigits(geometricMean(radii.map((each) => Math.min(each, REACH * maximum))));
  return {...whole, fitted: {radius, ...(await over(sevenDigits(times * radius), 1))}};
};

type Window = Pick<AnalysisOf<'surface'>['data'], 'xs' | 'ys' | 'trainLoss'>;

/** How much farther than the common window a basin is followed. */
const REACH = 100;
