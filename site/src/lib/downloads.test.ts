import {execFileSync} from 'node:child_process';
import {mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RunRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {checkpointOf, downloadsOf} from './downloads.ts';
import {loadExperiments} from './load-results.ts';

const weights = Uint8Array.of(1, 2, 3);
let folder: string;
let run: RunRecord;
let checkpoint: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minefield-downloads-'));
  const store = openStore(folder);
  for (const record of syntheticSweep({seeds: [1], poisonFactors: [0]})) {
    if (record.kind === 'run') {
      const reference = await store.writeCheckpoint(record.experiment, weights);
      run = {...record, data: {...record.data, checkpoint: reference}};
      checkpoint = join(folder, record.experiment, reference.file);
    }
    await store.writeRecord(record.kind === 'run' ? run : record);
  }
});
afterEach(() => rm(folder, {recursive: true}));

async function publishedFiles(): Promise<ReadonlyMap<string, string>> {
  const [experiment] = await loadExperiments(folder);
  if (experiment === undefined) throw new Error('expected an experiment');
  const downloads = await downloadsOf(experiment, folder);
  return new Map(
    await Promise.all(
      downloads.map(async ({file, read}) => [file, Buffer.from(await read()).toString('latin1')] as const),
    ),
  );
}

it('publishes records and checkpoints byte for byte', async () => {
  const files = await publishedFiles();
  const name = `toy/checkpoints/${run.data.checkpoint?.sha256.slice(0, 16)}.safetensors`;
  expect(await checkpointOf(run, folder)).toBe(name);
  expect(files.get(name)).toBe('\u0001\u0002\u0003');
  expect(JSON.parse(files.get(`toy/run/${run.identity.slice(0, 16)}.json`) ?? '')).toEqual(run);
  expect(JSON.parse(files.get('toy/experiment.json') ?? '')).toMatchObject({kind: 'experiment'});
});

it('goes without a checkpoint that is missing', async () => {
  await rm(checkpoint);
  expect(await checkpointOf(run, folder)).toBeNull();
  expect([...(await publishedFiles()).keys()].filter((file) => file.includes('checkpoints'))).toEqual([]);
});

it.each<[string, RegExp, () => Promise<void> | void]>([
  [
    'a link to a file that nobody meant to publish',
    /damaged: expected SHA-256/,
    async () => {
      await writeFile(join(folder, 'secret'), 'secret');
      await symlink(join(folder, 'secret'), checkpoint);
    },
  ],
  [
    'a hundred bytes of something else',
    /damaged: expected SHA-256/,
    () => writeFile(checkpoint, 'x'.repeat(100)),
  ],
  ['a link to an endless device', /a device/, () => symlink('/dev/zero', checkpoint)],
  ['a named pipe', /a named pipe/, () => void execFileSync('mknod', [checkpoint, 'p'])],
])('publishes nothing where a checkpoint should be and is %s', async (_, message, put) => {
  await rm(checkpoint);
  await put();
  await expect(checkpointOf(run, folder)).rejects.toThrow(message);
  await expect(publishedFiles()).rejects.toThrow(message);
});

it('publishes what was read, whatever comes into its place later', async () => {
  const [experiment] = await loadExperiments(folder);
  const downloads = experiment === undefined ? [] : await downloadsOf(experiment, folder);
  const record = downloads.find(({file}) => file.startsWith('toy/run/'));
  const kept = downloads.find(({file}) => file.startsWith('toy/checkpoints/'));
  await writeFile(openStore(folder).pathOf(run), 'secret');
  await writeFile(checkpoint, 'secret');
  expect(JSON.parse(String(await record?.read()))).toEqual(run);
  await expect(kept?.read()).rejects.toThrow(/damaged/);
});
