import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ACTIVATIONS, decodeCheckpoint} from '@minefield/models';
import {recordSet} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {type ExperimentSpec, parseSpec} from '@minefield/spec';
import {afterAll, describe, expect, it} from 'vitest';
import {points} from '../../test/trained-network.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {expandSpec} from '../jobs/expand.ts';
import {networkOf} from '../materials/network.ts';
import {portable} from '../testing/portable.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import {runExperiment} from './run-experiment.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-activations-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const {units: _, connectivity: __, ...analyses} = tinySpec.analyses;
const spec = parseSpec(
  {
    ...tinySpec,
    model: {name: 'mlp', hidden: [8, 8], activation: 'tanh', bias: false},
    recipe: {...tinySpec.recipe, steps: 200},
    seeds: [1],
    analyses: {...analyses, surface: {maximum: 1, size: 5}},
  },
  'tanh.json',
);

/** The log-odds of a network 2-8-8-1 of hyperbolic tangents without biases, in float64. */
function logit(theta: ArrayLike<number>, x: number, y: number): number {
  let values = [x, y];
  let offset = 0;
  for (const [layer, width] of [8, 8, 1].entries()) {
    const inputs = values;
    const sums = Array.from({length: width}, (___, column) =>
      inputs.reduce((sum, value, row) => sum + value * (theta[offset + row * width + column] ?? 0), 0),
    );
    offset += inputs.length * width;
    values = layer < 2 ? sums.map(Math.tanh) : sums;
  }
  return values[0] ?? Number.NaN;
}

describe('a sweep of perceptrons of hyperbolic tangents without biases', () => {
  it('is trained and measured whole, and its numbers are those of the network', async () => {
    const store = openStore(folder);
    const executor = inlineExecutor(portable);
    const {failed} = await runExperiment(spec, {store, executor, ...portable});
    expect(failed).toEqual([]);
    const records = recordSet(await store.readRecords());
    const {layout} = networkOf(spec.model, spec.dataset);
    const runs = records.runs();
    expect(runs).toHaveLength(2);
    for (const {seed, model, data} of runs) {
      expect(model).toEqual({name: 'mlp 2-8-8-1 tanh bias-free', parameters: 88, weights: 88});
      const file = await store.readCheckpoint('tiny', data.checkpoint?.sha256 ?? '');
      const theta = decodeCheckpoint(file, layout);
      const drawn = portable.sources['two-spirals'].draw(
        {name: 'two-spirals', train: 40, test: 40, fresh: 100},
        seed,
      );
      const losses = points(drawn.train).map(({x, y, label}) =>
        Math.log1p(Math.exp((label === 1 ? -1 : 1) * logit(theta, x, y))),
      );
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      expect(data.final?.trainLoss).toBeCloseTo(mean, 5);
    }
    expect(records.analyses('curvature').map(({data}) => data.kink)).toEqual([null, null]);
  });

  it('has identities of its own', () => {
    const identities = (change: object): string[] =>
      expandSpec({...tinySpec, ...change} as ExperimentSpec, portable).map(({identity}) => identity);
    const usual = identities({});
    const other = identities({model: {...tinySpec.model, activation: 'tanh'}});
    expect(usual.filter((identity) => other.includes(identity))).toEqual([]);
  });

  it('may be of every activation that there is', () => {
    for (const activation of ACTIVATIONS) {
      const model = {name: 'mlp', hidden: [3], activation};
      const parsed = parseSpec({...spec, model}, 'x');
      expect(networkOf(parsed.model, parsed.dataset).name).toBe(
        activation === 'relu' ? 'mlp 2-3-1' : `mlp 2-3-1 ${activation}`,
      );
    }
  });
});
