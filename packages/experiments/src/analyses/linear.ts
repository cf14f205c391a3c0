import {createGenerator} from '@minefield/core';
import {
  type LabeledExamples,
  type LinearClassifier,
  classCount,
  fitLinearClassifier,
} from '@minefield/models';
import {fourDigits} from '../measurements/numbers.ts';
import type {Measurement} from './measurement.ts';

/** Linear classifiers on what the network was trained on: they fit as well, where they have features enough. */
export const measureLinear: Measurement<'linear'> = async (
  {model, data, seed},
  {features, ridge},
  {signal, onProgress},
) => {
  const fits = [];
  for (const [i, map] of features.entries()) {
    const classifier = await fitLinearClassifier(data.train, map, {
      generator: createGenerator(seed, 'linear', i),
      classes: classCount(model),
      ridge,
      signal,
    });
    fits.push({
      count: classifier.features,
      train: await accuracyOf(classifier, data.train),
      test: await accuracyOf(classifier, data.test),
      fresh: data.fresh && (await accuracyOf(classifier, data.fresh)),
    });
    onProgress?.((i + 1) / features.length);
  }
  return {fits};
};

async function accuracyOf(classifier: LinearClassifier, {inputs, labels}: LabeledExamples): Promise<number> {
  const found = await classifier.classify(inputs);
  return fourDigits(found.filter((label, i) => label === labels[i]).length / labels.length);
}
