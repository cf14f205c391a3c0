import {createGenerator} from '@minefield/core';
import {initialize} from '@minefield/models';
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

let network: TrainedNetwork;

beforeAll(async () => {
  network = await trainNetwork();
});

it('keeps the draws that get all of the few points right, in their order, and says how many it took', async () => {
  const {searches} = await network.measure('guess');
  expect(searches.map(({examples}) => examples)).toEqual([2, 4]);
  const asked = points(data.test).slice(0, 3);
  for (const {examples, draws, guessed, trained, unfit, functions} of searches) {
    const generator = createGenerator(seed, 'guess', examples);
    const few = points(data.train).slice(0, examples);
    const isRight = (theta: Float32Array, {x, y, label}: (typeof few)[number]): boolean =>
      (label === 1 ? 1 : -1) * network.logit(x, y, theta) > 0;
    const found: Float32Array[] = [];
    for (let i = 0; i < draws; i++) {
      const theta = initialize(model.layout, spec.initialization, {generator});
      if (few.every((point) => isRight(theta, point))) found.push(theta);
    }
    expect(guessed).toEqual(found.map((theta) => network.accuracy(data.fresh ?? data.test, theta)));
    expect(functions?.guessed).toEqual(
      found.map((theta) => asked.reduce((sum, point, k) => sum + (isRight(theta, point) ? 2 ** k : 0), 0)),
    );
    expect(functions?.trained).toHaveLength(trained.length);
    expect(functions?.trained.every((which) => which < 2 ** 3)).toBe(true);
    expect(guessed.length === 5 || draws === 200).toBe(true);
    expect(trained.length + unfit).toBe(3);
    expect(trained.every((accuracy) => accuracy >= 0 && accuracy <= 1)).toBe(true);
  }
});
