import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createGenerator} from '@minefield/core';
import {openStore} from '@minefield/results/node';
import {beforeAll, expect, it} from 'vitest';
import {tinyPictures} from '../testing/tiny-pictures.ts';
import {dataOf, dataSources, openDataSources, resolveSpec} from './data-sources.ts';
import {expandSpec} from '../jobs/expand.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {checkpointSubject} from '../subjects/checkpoint-subject.ts';
import {evaluatedNetwork, networkOf} from './network.ts';
import {runExperiment} from '../sweep/run-experiment.ts';
import {svhnProfiles} from '@minefield/spec';
import type {DataSource, DataSources} from './data-source.ts';
import type {DatasetOf} from '@minefield/spec';

const file = fileURLToPath(new URL('../../../svhn/test/fixtures/grey-labels-first.mat', import.meta.url));
const dataset: DatasetOf<'svhn'> = {name: 'svhn', train: 1, test: 1, poison: 1};
let sources: DataSources;
let images: DataSource<DatasetOf<'svhn'>>;

beforeAll(async () => {
  sources = await openDataSources({svhn: {path: file, allowUnofficial: true}});
  images = sources.svhn;
});

const portable = () => ({numerics: 'portable', sources});

it('asks for a file before anything is drawn', () => {
  const closed = dataSources();
  expect(closed.svhn.missing).toMatch(/--data/);
  expect(() => closed.svhn.draw(dataset, 1)).toThrow(
    /expected a file of SVHN images, got none; name a file of SVHN images with --data/,
  );
  const spec = {...svhnProfiles.cpu, dataset};
  expect(() => expandSpec(spec, {numerics: 'portable', sources: closed})).toThrow(/--data/);
});

it('refuses a file that is not one of SVHN’s, unless that is allowed, and then labels what comes of it', async () => {
  await expect(openDataSources({svhn: {path: file}})).rejects.toThrow(/allow/);
  expect(images.label).toBe('SVHN-derived (grey), unofficial');
  expect(sources['house-numbers'].label).toBeNull();
  await expect(openDataSources({'two-spirals': {path: file}})).rejects.toThrow(
    /expected a data set that reads a file \(svhn\), got two-spirals/,
  );
});

it('shuffles and cuts the file anew for each seed, into parts that share no image', async () => {
  const {train, test, poison} = images.draw(dataset, 1);
  const poisoned = new Float32Array(train.inputs.length);
  poison(poisoned, new Uint8Array(1), createGenerator(1), 0);
  expect(new Set([train.inputs, test.inputs, poisoned].map((inputs) => inputs.join())).size).toBe(3);
  const fingerprints = Array.from({length: 8}, (_, seed) => images.fingerprint(dataset, seed));
  expect(new Set(fingerprints).size).toBeGreaterThan(1);
  expect(images.fingerprint(dataset, 1)).toBe(fingerprints[1]);
  expect(() => images.draw({...dataset, train: 1_000_000}, 1)).toThrow(/of at most \d+ in all/);
});

it('normalizes images one by one where the spec says so', async () => {
  const own = images.draw({...dataset, normalization: 'per-image'}, 1).train.inputs;
  expect(own.reduce((sum, value) => sum + value, 0) / own.length).toBeCloseTo(0, 5);
  expect(own).not.toEqual(images.draw(dataset, 1).train.inputs);
});

it('takes the number of channels from the file, and a network to match', async () => {
  const {dataset: settled, model} = resolveSpec({...svhnProfiles.cpu, dataset}, sources);
  const channels = images.draw(dataset, 1).train.inputs.length / 1024;
  expect(settled).toEqual({...dataset, channels});
  const network = networkOf(model, settled);
  expect(network.inputShape).toEqual([32, 32, channels]);
  expect(() => evaluatedNetwork(network, null)).toThrow(/statistics/);
  const other = {...dataset, channels: channels === 1 ? 3 : 1} as const;
  expect(() => resolveSpec({...svhnProfiles.cpu, dataset: other}, sources)).toThrow(
    /expected images of 3 channels, .* got a file of 1/,
  );
});

it('does no job that was planned with other images', async () => {
  const [job] = expandSpec({...svhnProfiles.cpu, dataset}, portable());
  if (job === undefined) throw new Error('no job');
  expect(dataOf(sources, job, dataset).train.labels).toHaveLength(1);
  expect(() => dataOf(sources, {...job, dataset: 'f'.repeat(64)}, dataset)).toThrow(/name the same file/);
});

it('lets a checkpoint be measured on the images that its run had, named by their file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-svhn-'));
  try {
    const store = openStore(folder);
    const spec = resolveSpec(
      {
        ...tinyPictures,
        experiment: 'tiny-svhn',
        dataset,
        poisonFactors: [0],
        recipe: {...tinyPictures.recipe, batchSize: 1, poisonPoints: 1},
        analyses: {},
      },
      sources,
    );
    await runExperiment(spec, {store, executor: inlineExecutor(portable()), ...portable()});
    const run = (await store.readRecords('tiny-svhn')).find((record) => record.kind === 'run');
    const checkpoint = join(folder, 'tiny-svhn', run?.data.checkpoint?.file ?? '');
    const {name, objective, anchor} = await checkpointSubject(checkpoint, {data: file, backend: 'portable'});
    expect(name).toMatch(/ on 1 example of svhn:1$/);
    expect((await objective.loss(anchor))[0]).toBeCloseTo(run?.data.final?.trainLoss ?? Number.NaN, 5);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
