import {objectiveFromModel} from '@minefield/models';
import type {Measurement} from './analyze-checkpoint.ts';
import {fourDigits} from './numbers.ts';

/** The most probable class of each of the first test examples, and its probability. */
export const measurePredictions: Measurement<'predictions'> = async (
  {model, theta, data},
  {testExamples},
  {signal},
) => {
  const label = Array.from(data.test.labels).slice(0, testExamples);
  const size = data.test.inputs.length / data.test.labels.length;
  const first = {inputs: data.test.inputs.subarray(0, label.length * size), labels: label};
  const objective = objectiveFromModel(model, first);
  const logarithms = (await objective.predictions?.(theta, {...(signal && {signal})})) ?? new Float32Array();
  const classes = logarithms.length / label.length;
  const predicted = label.map((_, i) => {
    const own = logarithms.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
  const probability = predicted.map((most, i) =>
    fourDigits(Math.min(1, Math.exp(logarithms[i * classes + most] ?? Number.NaN))),
  );
  return {label, predicted, probability};
};
