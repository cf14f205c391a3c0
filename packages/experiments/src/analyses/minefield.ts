import {InputError, at} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import {decodeStack} from '@minefield/models';
import type {AnalysisInput} from '../jobs/task.ts';
import type {Measurement, Minimum} from './measurement.ts';
import {embed} from './embed.ts';
import {sevenDigits} from '../measurements/numbers.ts';
import {walkPath} from './walk-path.ts';

/** Puts the path of a run and all that the searches found around it on one map. */
export const mapMinefield: Measurement<'minefield'> = async (minimum, settings, context) => {
  const {model, run, data, inputs, seed} = minimum;
  const {iterates, curves} = await walkPath(minimum, context);
  const searches = inputs.map((input) => foundBy(input, minimum));
  const found = searches.flatMap(({minima}) => minima);
  const path = [...iterates.values()];
  const {x, y, ...embedding} = embed([...path, ...found.map(({theta}) => theta)], settings, seed);
  const column = <K extends Exclude<keyof Found, 'theta'>>(name: K): Found[K][] =>
    found.map((one) => one[name]);
  return {
    stepsPerEpoch: Math.max(
      1,
      Math.floor(data.train.labels.length / (run.recipe.batchSize ?? data.train.labels.length)),
    ),
    parameters: model.layout.dimension,
    path: {
      step: [...curves.step],
      trainLoss: curves.trainLoss.map((loss) => Number(loss.toPrecision(7))),
      trainAccuracy: [...curves.trainAccuracy],
      testAccuracy: [...curves.testAccuracy],
      x: x.slice(0, path.length),
      y: y.slice(0, path.length),
    },
    minima: {
      start: column('start'),
      steps: column('steps'),
      trainLoss: column('trainLoss'),
      trainAccuracy: column('trainAccuracy'),
      poisonLoss: column('poisonLoss'),
      testAccuracy: column('testAccuracy'),
      gradientNorm: column('gradientNorm'),
      distance: column('distance'),
      x: x.slice(path.length),
      y: y.slice(path.length),
    },
    diverged: searches.reduce((sum, {diverged}) => sum + diverged, 0),
    embedding: {
      explainedVariance: [...embedding.explainedVariance],
      neighboursKept: sevenDigits(embedding.neighboursKept),
    },
    searches: searches.map(({sha256}) => sha256),
  };
};

/** What one search ended with. */
interface Found {
  readonly theta: Float32Array;
  readonly start: number;
  readonly steps: number;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number;
  readonly poisonLoss: number | null;
  readonly testAccuracy: number;
  readonly gradientNorm: number | null;
  readonly distance: number;
}

/** @throws {InputError} when the input is no search, or holds no file */
function foundBy(
  {record, checkpoint}: AnalysisInput,
  {model}: Minimum,
): {readonly minima: Found[]; readonly diverged: number; readonly sha256: string} {
  if (record.kind !== 'analysis' || record.analysis !== 'search' || record.data.checkpoint === null) {
    throw new InputError(
      `experiments.mapMinefield: expected searches with their minima, got a ${record.kind}`,
    );
  }
  const search: AnalysisOf<'search'>['data'] = record.data;
  const thetas = decodeStack(checkpoint, model.layout, search.start.length);
  const minima = thetas.flatMap((theta, k): Found[] => {
    const [trainAccuracy, testAccuracy, distance] = [
      search.trainAccuracy[k] ?? null,
      search.testAccuracy[k] ?? null,
      search.distance[k] ?? null,
    ];
    if (trainAccuracy === null || testAccuracy === null || distance === null) return [];
    return [
      {
        theta,
        start: at(search.start, k),
        steps: at(search.steps, k),
        trainLoss: search.trainLoss[k] ?? null,
        trainAccuracy,
        poisonLoss: search.poisonLoss[k] ?? null,
        testAccuracy,
        gradientNorm: search.gradientNorm[k] ?? null,
        distance,
      },
    ];
  });
  return {minima, diverged: thetas.length - minima.length, sha256: record.data.checkpoint.sha256};
}
