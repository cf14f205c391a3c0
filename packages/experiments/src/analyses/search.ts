import {createGenerator, InputError, at} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import type {NetworkTask, TrainingResult} from '@minefield/training';
import {encodeStack} from '@minefield/models';
import {trainResumably} from '../resume/train-resumably.ts';
import type {Measured, Minimum} from './measurement.ts';
import {distanceBetween, finiteOrNull} from '../measurements/numbers.ts';
import type {StepContext} from './step-context.ts';
import {walkPath} from './walk-path.ts';

/** Seeks bad minima by poisoned training, side by side, from points on the path of a run. */
export async function searchFromPath(
  minimum: Minimum,
  {starts, poisonFactor, recipe}: AnalysisSettings<'search'>,
  context: StepContext,
): Promise<Measured<'search'>> {
  const {model, data, seed} = minimum;
  const {signal, onProgress, parts, snapshotSeconds = 5} = context;
  const {iterates} = await walkPath(minimum, context);
  const tasks = starts.map((start): NetworkTask => {
    const initial = iterates.get(start);
    if (initial === undefined) {
      throw new InputError(
        `experiments.searchFromPath: expected starts among the evaluations of the run, got step ${start}; ` +
          'take multiples of its evaluateEvery',
      );
    }
    const generator = createGenerator(seed, 'search', start);
    return {initial, poisonFactor, train: data.train, test: data.test, poison: data.poison, generator};
  });
  const results = await trainResumably(model, tasks, recipe, {
    parts: starts.map((start) => parts?.(`search-${start}`)),
    snapshotSeconds,
    signal,
    ...(onProgress && {onProgress}),
  });
  const thetas = results.map(({theta}) => theta);
  return {
    data: searchData(starts, tasks, results),
    checkpoint: (identity) =>
      encodeStack(thetas, model.layout, {
        identity,
        model: model.name,
        seed: String(seed),
        poisonFactor: String(poisonFactor),
        starts: starts.join(' '),
      }),
  };
}

function searchData(
  starts: readonly number[],
  tasks: readonly NetworkTask[],
  results: readonly TrainingResult[],
): AnalysisOf<'search'>['data'] {
  /** The last point of a curve; null where the search diverged. */
  const ends = (name: keyof TrainingResult['curves']): (number | null)[] =>
    results.map(({outcome, curves}) => (outcome === 'diverged' ? null : finiteOrNull(at(curves[name], -1))));
  const exactEnds = (name: 'trainAccuracy' | 'testAccuracy'): (number | null)[] =>
    results.map(({outcome, curves}) => (outcome === 'diverged' ? null : at(curves[name], -1)));
  return {
    start: [...starts],
    outcome: results.map(({outcome}) => outcome),
    steps: results.map(({steps}) => steps),
    trainLoss: ends('trainLoss'),
    trainAccuracy: exactEnds('trainAccuracy'),
    poisonLoss: ends('poisonLoss'),
    testAccuracy: exactEnds('testAccuracy'),
    gradientNorm: ends('gradientNorm'),
    distance: results.map(({outcome, theta}, k) =>
      outcome === 'diverged' ? null : finiteOrNull(distanceBetween(theta, at(tasks, k).initial)),
    ),
    checkpoint: null,
  };
}
