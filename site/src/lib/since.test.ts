import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import type {Claim} from './claims.ts';
import {median} from './format.ts';
import {lettingGoIn, linearIn, moreDataIn, optimizersIn, unitsIn} from './since.ts';

type Measure = NonNullable<Claim['measures']>[number];

function claim(id: number, experiment: string, measures: readonly Partial<Measure>[]): Claim {
  const whole = {unit: 'fraction', by: 'seed', values: [], bound: null} as const;
  return {
    id,
    experiment,
    anchor: `claim-${id}`,
    title: 'A claim',
    paper: '',
    ours: '',
    criterion: '',
    verdict: 'pass',
    records: [],
    measures: measures.map((measure) => ({name: '', median: null, ...whole, ...measure})),
  };
}

it('has the widest gap of the optimizers, of those with noise and of those without', () => {
  const found = optimizersIn([
    claim(12, 'optimizers', [
      {name: 'gap, adam', median: 0.02},
      {name: 'gap, sgd', median: 0.03},
      {name: 'gap, sgd-batches-of-32', median: 0.01},
      {name: 'gap with the most poison', end: 'bad', median: 0.9},
    ]),
  ]);
  expect(found).toEqual({verdict: 'pass', fitting: 3, widest: 0.03, whole: 0.03, batches: 0.01, bad: 0.9});
  expect(optimizersIn([])).toBeNull();
});

it('has the gaps of the fewest and the most examples, and both correlations', () => {
  const run = syntheticRun({experiment: 'more-data'});
  const trained = (examples: number, generalizationGap: number, seed: number) => {
    const record = syntheticAnalysis('alternatives', syntheticRun({experiment: 'more-data', seed}));
    const {final, own} = record.data;
    if (final === null || own === null) throw new Error('a synthetic network that diverged');
    const cutoffs = own.cutoffs.map((cutoff) => ({...cutoff, stableLogVolume: -examples}));
    return {
      ...record,
      identity: `${examples}-${seed}`,
      settings: {...record.settings, trainExamples: examples},
      data: {...record.data, final: {...final, generalizationGap}, reference: {...own, cutoffs}},
    };
  };
  const claims = [
    claim(14, 'more-data', [
      {name: 'examples and volume on the smallest set', cutoff: '0.5', median: 0.57},
      {name: 'examples and volume on their own set', cutoff: '0.5', median: 0.07},
      {name: 'examples and volume on the smallest set', cutoff: '1', median: 0.9},
      {name: 'examples and volume on the smallest set, raw coordinates', cutoff: '0.5', median: 0.8},
      {name: 'examples and largest eigenvalue on the smallest set', median: -0.7},
    ]),
  ];
  const records = [run, trained(25, 0.4, 1), trained(25, 0.3, 2), trained(25, 0.2, 3), trained(400, 0.01, 1)];
  expect(moreDataIn(claims, [experimentOf('more-data', records)], 'more-data')).toEqual({
    verdict: 'pass',
    few: {examples: 25, gap: 0.3},
    many: {examples: 400, gap: 0.01},
    onSmallest: 0.57,
    onOwn: 0.07,
    inRaw: 0.8,
    eigenvalue: -0.7,
    narrowest: 400,
  });
  expect(moreDataIn(claims, [], 'more-data')).toBeNull();
  expect(moreDataIn(claims, [experimentOf('more-data', records)], 'more-pictures')).toBeNull();
});

it('has good over bad in each of four units', () => {
  const records = [0, 0.8].flatMap((poisonFactor) => {
    const run = syntheticRun({experiment: 'units', poisonFactor});
    return [run, syntheticAnalysis('units', run)];
  });
  const [good, bad] = records.flatMap((record) => ('analysis' in record ? [record.data] : []));
  const volumeOf = (data: typeof good) => data?.trained.cutoffs[0]?.stableLogVolume.relative ?? Number.NaN;
  const claims = [
    claim(15, 'units', [
      {name: 'volume, as trained', cutoff: '0.5', median: 5000},
      {name: 'volume, all neurons in balance', cutoff: '0.5', median: 5100},
    ]),
  ];
  const found = unitsIn(claims, [experimentOf('units', records)]);
  expect(found).toMatchObject({trained: 5000, balanced: 5100});
  expect(found?.rows.map(({weights}) => weights)).toHaveLength(4);
  expect(found?.rows[0]?.relative).toBeCloseTo((volumeOf(good) - volumeOf(bad)) / Math.LN10, 9);
});

it('has the way that stays and the way that leaves, among those that still fit', () => {
  const run = syntheticRun({experiment: 'letting-go', poisonFactor: 0.8});
  const went = (name: string, generalizationGap: number, trainAccuracy: number, poisonFactor = 0.8) => {
    const of = syntheticRun({experiment: 'letting-go', poisonFactor});
    const record = syntheticAnalysis('alternatives', of);
    const {final} = record.data;
    if (final === null) throw new Error('a synthetic network that diverged');
    return {
      ...record,
      identity: `${name}-${poisonFactor}`,
      settings: {...record.settings, name},
      data: {...record.data, distance: 3, final: {...final, generalizationGap, trainAccuracy}},
    };
  };
  const records = [
    run,
    went('slow', 0.8, 1),
    went('fast', 0.05, 1),
    went('rash', 0.01, 0.6),
    went('slow', 0.02, 1, 0),
  ];
  const found = lettingGoIn([experimentOf('letting-go', records)]);
  expect(found).toMatchObject({
    before: run.data.final?.generalizationGap,
    stays: {name: 'slow', gap: 0.8, distance: 3},
    leaves: {name: 'fast', gap: 0.05},
    lost: ['rash'],
  });
  expect(lettingGoIn([])).toBeNull();
});

it('has the best and the worst of the linear classifiers that fit, and the network', () => {
  const records = [1, 2, 3].flatMap((seed) => {
    const run = syntheticRun({experiment: 'linear', seed});
    const analysis = syntheticAnalysis('linear', run);
    const fits = [
      {count: 3, train: 0.9, test: 0.99, fresh: null},
      {count: 3600, train: 1, test: 0.5 + seed / 10, fresh: seed === 3 ? 0.1 : null},
    ];
    return [run, {...analysis, data: {fits}}];
  });
  const found = linearIn(experimentOf('linear', records));
  expect(found).toMatchObject({fitting: 1, best: {on: '3,600 random ReLUs', test: 0.6}, worst: {test: 0.6}});
  const networks = records.flatMap((record) =>
    record.kind === 'run' ? (record.data.final?.freshAccuracy ?? []) : [],
  );
  expect(found?.network).toBe(median(networks));
  expect(
    linearIn(
      experimentOf(
        'linear',
        records.filter(({kind}) => kind === 'run'),
      ),
    ),
  ).toBeNull();
});
