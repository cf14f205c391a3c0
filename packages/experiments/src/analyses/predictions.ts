import {InputError, InternalError, at} from '@minefield/core';
import {datasetFingerprint} from '@minefield/datasets';
import {classCount, objectiveFromModel} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {Measurement} from './measurement.ts';
import {fourDigits} from '../measurements/numbers.ts';

/** The most probable class of each of the first test examples, and its probability. */
export const measurePredictions: Measurement<'predictions'> = async (
  {model, theta, data},
  {testExamples, pictures},
  {signal},
) => {
  const {labels, inputs} = data.test;
  if (testExamples > labels.length) {
    throw new InputError(
      `experiments.measurePredictions: expected at most ${labels.length} test examples, which is all there are, got ${testExamples}`,
    );
  }
  const size = testExamples;
  const first = {
    inputs: inputs.slice(0, (size * inputs.length) / labels.length),
    labels: Uint8Array.from(labels).subarray(0, size),
  };
  const {predictions} = objectiveFromModel(model, first);
  if (predictions === undefined) throw new InternalError('experiments.measurePredictions: this is a bug');
  const logarithms = await predictions(theta, {signal});
  const {inputShape} = model;
  const classes = classCount(model);
  const predicted = Array.from(first.labels, (_, i) => {
    const own = logarithms.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
  return {
    fingerprint: datasetFingerprint({...first, name: 'first', inputShape, classes, size}),
    label: [...first.labels],
    predicted,
    probability: predicted.map((most, i) =>
      fourDigits(Math.min(1, Math.exp(at(logarithms, i * classes + most)))),
    ),
    ...(pictures === true && {pictures: picturesOf(first.inputs, inputShape, size)}),
  };
};

/** As the network sees them, each stretched to all of 0..255. */
function picturesOf(
  inputs: Float32Array,
  inputShape: readonly number[],
  size: number,
): NonNullable<AnalysisOf<'predictions'>['data']['pictures']> {
  const [height = 1, width = 1, channels] = inputShape;
  const length = inputs.length / size;
  const bytes = new Uint8Array(inputs.length);
  for (let i = 0; i < size; i++) {
    const picture = inputs.subarray(i * length, (i + 1) * length);
    const darkest = picture.reduce((a, b) => Math.min(a, b));
    const span = picture.reduce((a, b) => Math.max(a, b)) - darkest || 1;
    bytes.set(
      picture.map((value) => Math.round((255 * (value - darkest)) / span)),
      i * length,
    );
  }
  return {shape: [height, width, channels === 1 ? 1 : 3], bytes: Buffer.from(bytes).toString('base64')};
}
