import {margins2d, summarizeMargins} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import type {Measurement} from './analyze-checkpoint.ts';
import {finiteOrNull} from './numbers.ts';

/** Distance in the input plane from each training point to the decision boundary. */
export const measureMargin: Measurement<'margin'> = async (
  {model, theta, data},
  {angles, maximum},
  {signal, onProgress},
) => {
  const {distances} = await margins2d(classifierFromModel(model, theta), data.train.inputs, {
    angles,
    maximum,
    ...(signal && {signal}),
    onProgress: (done, total) => onProgress?.(done / total),
  });
  const {mean, median, minimum} = summarizeMargins(distances);
  return {distances: Array.from(distances, finiteOrNull), mean, median, minimum};
};
