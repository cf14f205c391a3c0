import {recordSet} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import {type DatasetSpec, type ModelSpec, minefieldProfiles, toyProfiles} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {explorerExperiment} from './explorer-data.ts';
import {explorerMines} from './explorer-paths.ts';
import {labExamples} from './lab-examples.ts';
import type {Experiment} from './load-results.ts';
import {exploredExperiment, storyExperiment} from './plane-experiments.ts';

/** An experiment on points of the plane, with a minefield, whose records say that its network is this one. */
function madeWith(model: ModelSpec, dataset: DatasetSpec = minefieldProfiles.full.dataset): Experiment {
  const records = syntheticSweep({
    experiment: 'toy',
    title: 'Spirals',
    dataset: 'regular-spirals',
    seeds: [1],
    poisonFactors: [0],
    analyses: ['search', 'minefield'],
  }).map((one) => (one.kind === 'analysis' ? one : {...one, spec: {...one.spec, model, dataset}}));
  const record = records.find((one) => one.kind === 'experiment');
  if (record?.kind !== 'experiment') throw new Error('expected an experiment');
  const addresses = new Map(records.map((one) => [one.kind === 'run' ? one.identity : '', 'a-run']));
  const files = new Map<Experiment['record'], string>();
  return {
    record: record as Experiment['record'],
    records: recordSet(records as Parameters<typeof recordSet>[0]),
    analyses: [],
    done: records.length - 1,
    files,
    addresses,
  };
}

const relu: ModelSpec = {name: 'mlp', hidden: [4, 4]};

describe('explorers', () => {
  it.each<[string, ModelSpec]>([
    ['ReLUs', relu],
    ['ReLUs that are named', {...relu, activation: 'relu', bias: true}],
  ])('are told of a perceptron of %s, which they make again', async (_, model) => {
    const experiment = madeWith(model);
    expect((await explorerExperiment(experiment, 'nowhere'))?.hidden).toEqual([4, 4]);
    expect((await explorerMines(experiment, 'nowhere'))?.hidden).toEqual([4, 4]);
    expect((await labExamples([experiment])).plane).toHaveLength(1);
    expect(exploredExperiment([experiment])).toBe(experiment);
  });

  it('have no walk among points that they do not draw', async () => {
    expect(await explorerMines(madeWith(relu, toyProfiles.full.dataset), 'nowhere')).toBeNull();
  });

  it.each<[string, ModelSpec]>([
    ['hyperbolic tangents', {...relu, activation: 'tanh'}],
    ['leaky ReLUs', {...relu, activation: 'leaky-relu'}],
    ['no biases', {...relu, bias: false}],
  ])('are not told of one of %s, of which they would draw another function', async (_, model) => {
    const experiment = madeWith(model);
    expect(await explorerExperiment(experiment, 'nowhere')).toBeNull();
    expect(await explorerMines(experiment, 'nowhere')).toBeNull();
    expect((await labExamples([experiment])).plane).toEqual([]);
    expect(exploredExperiment([experiment])).toBeUndefined();
    // Its records are told of all the same.
    expect(storyExperiment([experiment])).toBe(experiment);
  });
});
