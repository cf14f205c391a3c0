import {recordSet} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import type {DatasetName} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {experimentPage} from './experiment-page.ts';
import type {Experiment} from './load-results.ts';
import {storyMap} from './minefield-maps.ts';
import {pictureExperiments} from './picture-experiments.ts';
import {otherPlaneExperiments, storyExperiment} from './plane-experiments.ts';

interface Made {
  readonly name: string;
  readonly dataset: DatasetName;
  readonly levels?: readonly number[];
  readonly map?: boolean;
  readonly parameters?: number;
}

function made({name, dataset, levels = [0, 0.8], map = false, parameters = 3614}: Made): Experiment {
  const sweep = syntheticSweep({
    experiment: name,
    title: `All about ${name}`,
    dataset,
    seeds: [1],
    poisonFactors: levels,
    analyses: map ? ['minefield'] : [],
  });
  const records = sweep.map((record) => {
    return record.kind === 'run' ? {...record, model: {...record.model, parameters}} : record;
  });
  const record = records.find(({kind}) => kind === 'experiment');
  if (record?.kind !== 'experiment') throw new Error('expected an experiment');
  const none = {files: new Map(), addresses: new Map()};
  return {record, records: recordSet(records), analyses: [], done: records.length - 1, ...none};
}

const named = (experiment: Experiment | undefined): string | undefined => experiment?.record.experiment;

const toy = made({name: 'toy', dataset: 'two-spirals'});
const minefield = made({name: 'minefield', dataset: 'regular-spirals', levels: [0], map: true});
const myToy = made({name: 'my-toy', dataset: 'two-spirals'});

describe('the story', () => {
  it('is about the toy experiment where it was run, else about one that has good and bad minima', () => {
    expect(named(storyExperiment([minefield, myToy, toy]))).toBe('toy');
    expect(named(storyExperiment([minefield, myToy]))).toBe('my-toy');
    expect(named(storyExperiment([minefield]))).toBe('minefield');
  });

  it('is not about what merely has that name', () => {
    expect(storyExperiment([made({name: 'toy', dataset: 'svhn'})])).toBeUndefined();
  });

  it('shows its own map, else that of the experiment that ships, else the first', () => {
    const own = made({name: 'toy', dataset: 'two-spirals', map: true});
    const other = made({name: 'a-map', dataset: 'house-numbers', map: true});
    expect(named(storyMap([other, minefield, own]))).toBe('toy');
    expect(named(storyMap([other, minefield, toy]))).toBe('minefield');
    expect(named(storyMap([other, toy]))).toBe('a-map');
    expect(storyMap([toy])).toBeUndefined();
  });

  it('leaves every other experiment on points of the plane a page of its own', () => {
    const pages = otherPlaneExperiments([minefield, myToy, toy]).map(({page}) => page);
    expect(pages).toEqual(['points/minefield.html', 'points/my-toy.html']);
  });
});

describe('experiments on pictures', () => {
  const found = pictureExperiments([
    made({name: 'a-sweep', dataset: 'house-numbers'}),
    made({name: 'house-numbers', dataset: 'house-numbers'}),
    made({name: 'large', dataset: 'house-numbers', parameters: 272_474}),
    made({name: 'photographs', dataset: 'svhn', levels: [0]}),
    made({name: 'svhn', dataset: 'two-spirals'}),
    toy,
  ]);

  it('are told by their data and size, those that ship before others on the same', () => {
    expect(found.map(({experiment, heading}) => [named(experiment), heading])).toEqual([
      ['photographs', 'Photographs of house numbers'],
      ['house-numbers', 'Drawn house numbers'],
      ['a-sweep', 'All about a-sweep'],
      ['large', "A network of the paper's size"],
    ]);
    expect(found.map(({first}) => first)).toEqual([true, true, false, true]);
    expect(found.map(({paperSized}) => paperSized)).toEqual([false, false, false, true]);
  });

  it('have a page though they have but one level of poison', () => {
    expect(found[0]).toMatchObject({findings: null, page: 'pictures/photographs.html', parameters: 3614});
  });
});

it('knows the page of every experiment', () => {
  const digits = made({name: 'my-digits', dataset: 'house-numbers'});
  const all = [minefield, digits, toy];
  expect(all.map((experiment) => experimentPage(experiment, all))).toEqual([
    'points/minefield.html',
    'pictures/my-digits.html',
    'index.html',
  ]);
});
