import {at} from '@minefield/core';
import {classifierFromModel, type LabeledExamples} from '@minefield/models';
import {float32Decimals} from '@minefield/results';
import type {Measurement} from './measurement.ts';
import {fourDigits} from '../measurements/numbers.ts';
import {planeGrid} from '../measurements/plane-grid.ts';

/** The network's log-odds over a square around the origin, and its training and test points. */
export const measureBoundary: Measurement<'boundary'> = async ({model, theta, data}, {halfWidth, size}) => {
  const classifier = classifierFromModel(model, theta);
  const points = async ({inputs, labels}: LabeledExamples) => {
    const logits = await classifier.logits(inputs);
    const truth = Array.from(labels);
    return {
      x: float32Decimals(inputs.filter((_, i) => i % 2 === 0)),
      y: float32Decimals(inputs.filter((_, i) => i % 2 === 1)),
      label: truth,
      correct: truth.map((label, i) => at(logits, i) > 0 === (label === 1)),
    };
  };
  return {
    extent: [-halfWidth, halfWidth, -halfWidth, halfWidth],
    size,
    logits: Array.from(await classifier.logits(planeGrid({halfWidth, size})), fourDigits),
    train: await points(data.train),
    test: await points(data.test),
  };
};
