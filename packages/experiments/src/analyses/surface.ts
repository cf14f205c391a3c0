import {createGenerator} from '@minefield/core';
import {filterNormalizedDirection, scanSurface, symmetricGrid} from '@minefield/landscape';
import type {Measurement} from './measurement.ts';
import {finiteOrNull} from '../measurements/numbers.ts';

/** Clean training loss over the plane of two filter-normalized directions. */
export const measureSurface: Measurement<'surface'> = async (
  {model, theta, objective, seed},
  {maximum, size},
  {signal, onProgress},
) => {
  const direction = (axis: string): Float32Array =>
    filterNormalizedDirection(theta, model.layout, createGenerator(seed, 'surface', axis));
  const xs = symmetricGrid(maximum, size);
  const losses = await scanSurface(
    objective,
    theta,
    {first: direction('x'), second: direction('y'), xs, ys: xs},
    {signal, onProgress: (done, total) => onProgress?.(done / total)},
  );
  return {xs, ys: xs, trainLoss: Array.from(losses, finiteOrNull)};
};
