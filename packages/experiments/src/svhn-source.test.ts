import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openStore} from '@minefield/results/node';
import {expect, it} from 'vitest';
import {tinyPictures} from '../test/tiny-pictures.ts';
import {dataLabel, dataOf, drawData} from './data.ts';
import {expandSpec} from './expand.ts';
import {inlineExecutor} from './inline-executor.ts';
import {checkpointSubject} from './measure/checkpoint-subject.ts';
import {evaluatedNetwork, networkOf} from './model.ts';
import {runExperiment} from './run-experiment.ts';
import {svhnProfiles} from './svhn.ts';
import {openSvhn, settledSpec, svhnSplits} from './svhn-source.ts';
import type {SvhnSpec} from './spec.ts';

const file = fileURLToPath(new URL('../../svhn/test/fixtures/grey-labels-first.mat', import.meta.url));
const dataset: SvhnSpec = {name: 'svhn', train: 1, test: 1, poison: 1};

it('asks for a file before anything is drawn', () => {
  expect(() => svhnSplits(dataset, 1)).toThrow(
    /expected a file of SVHN images, got none; name one with --data/,
  );
  expect(() => expandSpec({...svhnProfiles.cpu, dataset}, 'portable')).toThrow(/--data/);
});

it('refuses a file that is not one of SVHN’s, unless that is allowed, and then labels what comes of it', async () => {
  await expect(openSvhn({file})).rejects.toThrow(/allow/);
  await openSvhn({file, allowUnofficial: true});
  expect(dataLabel(dataset)).toBe('SVHN-derived (grey), unofficial');
  expect(dataLabel({name: 'house-numbers', train: 1, test: 1, poison: 1})).toBeNull();
});

it('shuffles and cuts the file anew for each seed, into parts that share no image', async () => {
  await openSvhn({file, allowUnofficial: true});
  const {train, test, poison} = svhnSplits(dataset, 1);
  expect(new Set([train, test, poison].map(({inputs}) => inputs.join())).size).toBe(3);
  const fingerprints = Array.from({length: 8}, (_, seed) => svhnSplits(dataset, seed).fingerprint);
  expect(new Set(fingerprints).size).toBeGreaterThan(1);
  expect(svhnSplits(dataset, 1).fingerprint).toBe(fingerprints[1]);
  expect(() => svhnSplits({...dataset, train: 1_000_000}, 1)).toThrow(/of at most \d+ in all/);
});

it('normalises images one by one where the spec says so', async () => {
  await openSvhn({file, allowUnofficial: true});
  const own = svhnSplits({...dataset, normalization: 'per-image'}, 1).train.inputs;
  expect(own.reduce((sum, value) => sum + value, 0) / own.length).toBeCloseTo(0, 5);
  expect(own).not.toEqual(svhnSplits(dataset, 1).train.inputs);
});

it('takes the number of channels from the file, and a network to match', async () => {
  await openSvhn({file, allowUnofficial: true});
  const {dataset: settled, model} = settledSpec({...svhnProfiles.cpu, dataset});
  const channels = drawData(dataset, 1).train.inputs.length / 1024;
  expect(settled).toEqual({...dataset, channels});
  const network = networkOf(model, settled);
  expect(network.inputShape).toEqual([32, 32, channels]);
  expect(() => evaluatedNetwork(network, null)).toThrow(/statistics/);
  const other = {...dataset, channels: channels === 1 ? 3 : 1} as const;
  expect(() => settledSpec({...svhnProfiles.cpu, dataset: other})).toThrow(
    /expected images of 3 channels, .* got a file of 1/,
  );
});

it('does no job that was planned with other images', async () => {
  await openSvhn({file, allowUnofficial: true});
  const [job] = expandSpec({...svhnProfiles.cpu, dataset}, 'portable');
  if (job === undefined) throw new Error('no job');
  expect(dataOf(job, dataset).train.labels).toHaveLength(1);
  expect(() => dataOf({...job, dataset: 'f'.repeat(64)}, dataset)).toThrow(/name the same file/);
});

it('lets a checkpoint be measured on the images that its run had, named by their file', async () => {
  await openSvhn({file, allowUnofficial: true});
  const folder = mkdtempSync(join(tmpdir(), 'minefield-svhn-'));
  try {
    const store = openStore(folder);
    const spec = settledSpec({
      ...tinyPictures,
      experiment: 'tiny-svhn',
      dataset,
      poisonFactors: [0],
      recipe: {...tinyPictures.recipe, batchSize: 1, poisonPoints: 1},
      analyses: {},
    });
    await runExperiment(spec, {store, executor: inlineExecutor('portable'), numerics: 'portable'});
    const run = (await store.readRecords('tiny-svhn')).find((record) => record.kind === 'run');
    const checkpoint = join(folder, 'tiny-svhn', run?.data.checkpoint?.file ?? '');
    const {name, objective, anchor} = await checkpointSubject(checkpoint, {data: file, backend: 'portable'});
    expect(name).toMatch(/ on 1 example of svhn:1$/);
    expect((await objective.loss(anchor))[0]).toBeCloseTo(run?.data.final?.trainLoss ?? Number.NaN, 5);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
