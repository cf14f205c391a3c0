import {margins2d, summarizeMargins} from '@minefield/landscape';
import {classifierFromModel, objectiveFromModel} from '@minefield/models';
import {train} from '@minefield/training';
import {beforeAll, expect, it} from 'vitest';
import {
  type TrainedNetwork,
  data,
  model,
  points,
  seed,
  spec,
  trainNetwork,
} from '../../test/trained-network.ts';
import {alteredExamples} from '../materials/altered-examples.ts';
import {measureAlternative} from './alternatives.ts';
import {networkTask} from './train-runs.ts';

let network: TrainedNetwork;

beforeAll(async () => {
  network = await trainNetwork();
});

it('trains on from the minimum by another recipe on other data, and measures it there and in the reference', async () => {
  const {outcome, steps, final, distance, meanMargin, logDeterminant, own, reference} =
    await network.measure('alternatives');
  const [asked] = spec.analyses.alternatives?.networks ?? [];
  if (asked === undefined) throw new Error('no alternative in the spec');
  expect({outcome, steps}).toEqual({outcome: 'completed', steps: 20});

  const altered = alteredExamples(data, 2, {...asked, classes: 2, seed});
  const task = networkTask({seed, poisonFactor: 0, spec}, model, {...data, train: altered});
  const [trained] = await train(model, [{...task, initial: network.theta}], asked.recipe);
  const theta = trained?.theta ?? new Float32Array();
  const lossOf = (examples: typeof altered): number => {
    const losses = points(examples).map(({x, y, label}) => {
      const logit = network.logit(x, y, theta);
      return Math.log1p(Math.exp(label === 1 ? -logit : logit));
    });
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };
  const {inputs, labels} = data.train;
  const first = {inputs: inputs.subarray(0, 20), labels: Array.from(labels).slice(0, 10)};
  expect(own).toMatchObject({examples: 50, accuracy: network.accuracy(altered, theta)});
  expect(own?.loss).toBeCloseTo(lossOf(altered), 5);
  expect(reference).toMatchObject({examples: 10, accuracy: network.accuracy(first, theta)});
  expect(reference?.loss).toBeCloseTo(lossOf(first), 5);
  expect(final?.trainLoss).toBeCloseTo(lossOf(altered), 5);
  expect(final?.freshAccuracy).toBe(network.accuracy(data.fresh ?? data.test, theta));
  expect(distance).toBeCloseTo(Math.hypot(...theta.map((value, i) => value - (network.theta[i] ?? 0))), 4);
  // Each weight counts as a share of its filter's root mean square.
  const filters = model.layout.slices.flatMap(({role, shape, offset}) => {
    const [rows = 0, columns = 0] = shape;
    if (role !== 'kernel') return [];
    return Array.from({length: columns}, (_, column) =>
      Array.from({length: rows}, (_row, row) => theta[offset + row * columns + column] ?? Number.NaN),
    );
  });
  const logs = filters.map(
    (filter) => filter.length * Math.log(Math.hypot(...filter) / Math.sqrt(filter.length)),
  );
  expect(logDeterminant).toBeCloseTo(
    logs.reduce((sum, value) => sum + value, 0),
    3,
  );
  const classifier = classifierFromModel(model, theta);
  const {distances} = await margins2d(classifier, altered.inputs, {angles: 16, maximum: 20});
  expect(meanMargin).toBe(summarizeMargins(distances).mean);
  expect(own?.largestEigenvalue).not.toBe(reference?.largestEigenvalue);
  expect(own?.cutoffs).toMatchObject([{kind: 'loss', value: 1}]);
});

/** The run's minimum, how it is measured, and a recipe of a few steps. */
function shortTraining() {
  const {theta} = network;
  const objective = objectiveFromModel(model, data.train);
  const minimum = {model, theta, data, objective, seed, run: spec, poisonFactor: 0.8, inputs: []};
  const {radii, curvature} = spec.analyses.matched ?? {};
  if (radii === undefined || curvature === undefined) throw new Error('nothing to measure');
  return {minimum, radii, curvature, recipe: {...spec.recipe, steps: 5}};
}

it('says how many rays and margins were followed no farther, and leaves that out where none was', async () => {
  const {minimum, radii, curvature, recipe} = shortTraining();
  const within = (maximumRadius: number, maximum: number) =>
    measureAlternative(
      minimum,
      {
        name: 'short',
        recipe,
        radii: {...radii, cutoffs: [{kind: 'excess', value: 1}], maximumRadius},
        curvature,
        margin: {angles: 16, maximum},
      },
      {},
    );
  const near = await within(1e-3, 1e-6);
  expect(near.own?.cutoffs).toMatchObject([{censored: radii.directions}]);
  expect(near).toMatchObject({meanMargin: null, missingMargins: data.train.labels.length});
  const far = await within(1e4, 1e3);
  expect(far.own?.cutoffs[0]).not.toHaveProperty('censored');
  expect(far).not.toHaveProperty('missingMargins');
});

it('begins with the first weights of the run where it is not told otherwise', async () => {
  const {minimum, radii, curvature, recipe} = shortTraining();
  const {distance, reference} = await measureAlternative(
    minimum,
    {name: 'short', recipe, radii, curvature},
    {},
  );
  const task = networkTask({seed, poisonFactor: 0, spec}, model, data);
  const [trained] = await train(model, [task], recipe);
  const moved = task.initial.map((value, i) => value - (trained?.theta[i] ?? Number.NaN));
  expect(distance).toBeCloseTo(Math.hypot(...moved), 5);
  expect(reference).toBeNull();
});
