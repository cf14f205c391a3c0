import {deepFoolMargins, margins2d, summarizeMargins} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import type {Measurement} from './measurement.ts';
import {finiteOrNull} from '../measurements/numbers.ts';

/** Distance in input space from each training example to the decision boundary. */
export const measureMargin: Measurement<'margin'> = async (
  {model, theta, data},
  settings,
  {signal, onProgress},
) => {
  const classifier = classifierFromModel(model, theta);
  const options = {
    signal,
    onProgress: (done: number, total: number) => onProgress?.(done / total),
  };
  const {inputs} = data.train;
  const {distances} =
    'angles' in settings
      ? await margins2d(classifier, inputs, {angles: settings.angles, maximum: settings.maximum, ...options})
      : await deepFoolMargins(classifier, inputs, {
          maximumSteps: settings.maximumSteps,
          refinements: settings.refinements,
          ...options,
        });
  const {mean, median, minimum} = summarizeMargins(distances);
  return {distances: Array.from(distances, finiteOrNull), mean, median, minimum};
};
