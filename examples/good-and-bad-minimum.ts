/**
 * One small network, trained twice on the same points: once as usual, once with poison. Both fit the training set; the
 * poisoned one fails elsewhere, and its basin is narrower. Takes a few seconds.
 *
 *     pnpm --dir examples exec node --conditions=@minefield/source good-and-bad-minimum.ts
 */
import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {initialize, mlp, objectiveFromModel} from '@minefield/models';
import {train} from '@minefield/training';

await startBackend({name: 'wasm', deterministic: true});

const seed = 1;
const data = toySplits(seed, {train: 120});
const model = mlp({inputs: 2, hidden: [64, 64], outputs: 1});
const generator = createGenerator(seed);
const common = {
  initial: initialize(model.layout, 'fan-in-uniform', {generator: generator.derive('initial')}),
  train: data.train,
  test: data.fresh(2000),
  poison: data.samplePoisonInto,
  generator,
};

const minima = await train(
  model,
  [
    {...common, poisonFactor: 0},
    {...common, poisonFactor: 0.5},
  ],
  {
    steps: 3000,
    optimizer: {name: 'adam'},
    learningRate: 0.01,
    schedule: {name: 'cosine'},
    clipNorm: 8,
    poisonPoints: 200,
    evaluateEvery: 1000,
  },
);

const objective = objectiveFromModel(model, data.train);
for (const [name, minimum] of Object.entries({good: minima[0], bad: minima[1]})) {
  if (minimum === undefined) continue;
  const {theta, curves} = minimum;
  const rays = sphericalRays(relativeCoordinates(theta, model.layout), {
    generator: createGenerator(seed, 'rays'),
  });
  const basin = await basinRadii(objective, theta, rays, {
    cutoffs: [{kind: 'loss', value: 0.5}],
    directions: 50,
    maximum: 40,
  });
  const radii = basin.cutoffs[0]?.radii ?? new Float64Array();
  const mean = radii.reduce((sum, radius) => sum + radius, 0) / radii.length;
  const accuracy = (values: readonly number[]) => `${((values.at(-1) ?? 0) * 100).toFixed(1)}%`;
  console.log(
    `${name}: train ${accuracy(curves.trainAccuracy)}, test ${accuracy(curves.testAccuracy)}, ` +
      `mean basin radius ${mean.toFixed(3)}`,
  );
}
