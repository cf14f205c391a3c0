import {at, createGenerator} from '@minefield/core';
import type {LabeledExamples} from '@minefield/models';
import {type ExperimentData, firstExamples} from './experiment-data.ts';

export interface Alteration {
  /** How many there are to be. Default: as many as there are. */
  readonly trainExamples?: number;
  /** Which part of the labels is turned into another class, 0 .. 1. Default 0. */
  readonly labelNoise?: number;
  /** How many classes there are, at least 2. */
  readonly classes: number;
  /** Names the streams that further examples and turned labels are drawn from. */
  readonly seed: number;
}

/** Further examples are drawn so many at a time, whatever is wanted of them: what a source draws depends on how many it is asked for. */
const DRAWN = 100;

/**
 * The training set made smaller or larger, or with some labels turned. Of one seed a smaller set is the beginning of a larger
 * one, and what is turned by less noise is turned to the same class by more. Further examples come from where poison does, with
 * their true labels.
 *
 * @param exampleSize numbers in one input
 */
export function alteredExamples(
  {train, poison}: Pick<ExperimentData, 'train' | 'poison'>,
  exampleSize: number,
  {trainExamples = train.labels.length, labelNoise = 0, classes, seed}: Alteration,
): LabeledExamples {
  const first = firstExamples(train, trainExamples);
  const known = first.labels.length;
  const inputs = new Float32Array(trainExamples * exampleSize);
  const labels = new Uint8Array(trainExamples);
  inputs.set(first.inputs);
  labels.set(first.labels);
  const further = createGenerator(seed, 'further examples');
  const drawn = {inputs: new Float32Array(DRAWN * exampleSize), labels: new Uint8Array(DRAWN)};
  for (let from = known, step = 0; from < trainExamples; from += DRAWN, step++) {
    poison(drawn.inputs, drawn.labels, further, step);
    const wanted = Math.min(DRAWN, trainExamples - from);
    inputs.set(drawn.inputs.subarray(0, wanted * exampleSize), from * exampleSize);
    labels.set(drawn.labels.subarray(0, wanted), from);
  }
  const noise = createGenerator(seed, 'label noise');
  const turned = noise.permutation(trainExamples).subarray(0, Math.round(labelNoise * trainExamples));
  for (const i of turned) labels[i] = (at(labels, i) + 1 + noise.integer(classes - 1)) % classes;
  return {inputs, labels};
}
