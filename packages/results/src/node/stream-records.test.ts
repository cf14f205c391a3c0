import {mkdtemp, rm, unlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {ResultRecord, RunRecord} from '../record.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '../testing/index.ts';
import {packRecords} from './pack-records.ts';
import {openStore, type Store} from './store.ts';

const records = syntheticSweep({
  seeds: [1, 2],
  poisonFactors: [0, 0.8],
  analyses: ['basin', 'preconditioned', 'margin'],
});
let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-stream-'));
  store = openStore(directory);
  for (const record of records) await store.writeRecord(record);
});

afterEach(async () => {
  await rm(directory, {recursive: true});
});

const kindOf = (record: ResultRecord): string => (record.kind === 'analysis' ? record.analysis : record.kind);

async function all(stream: AsyncIterable<ResultRecord>): Promise<ResultRecord[]> {
  const found: ResultRecord[] = [];
  for await (const record of stream) found.push(record);
  return found;
}

describe('streaming records', () => {
  it.each([{packed: false}, {packed: true}])(
    'gives those of the kinds that are asked for, packed: $packed',
    async ({packed}) => {
      if (packed) await packRecords(directory, 'toy', {all: true});
      const found = await all(store.stream('toy', ['run', 'basin']));
      expect(found).toHaveLength(8);
      expect(found).toEqual(
        expect.arrayContaining(records.filter((record) => ['run', 'basin'].includes(kindOf(record)))),
      );
      expect((await all(store.stream('toy', ['preconditioned']))).map(kindOf)).toEqual(
        Array.from({length: 4}, () => 'preconditioned'),
      );
      expect(await all(store.stream('circles', ['run']))).toEqual([]);
    },
  );

  it('gives all that is whole before it names every bad file', async () => {
    const [first, second] = records.filter((record) => record.kind === 'run') as RunRecord[];
    if (first === undefined || second === undefined) throw new Error('expected runs');
    await writeFile(store.pathOf(first), '{');
    // Settings that are not those that the identity follows from.
    const basin = syntheticAnalysis('basin', second);
    await store.writeRecord({...basin, settings: {...basin.settings, directions: 7}});
    const found: ResultRecord[] = [];
    const reading = (async () => {
      for await (const record of store.stream('toy', ['run', 'basin'])) found.push(record);
    })();
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(String(error)).toContain(`${store.pathOf(first)} is no valid record`);
    expect(String(error)).toMatch(
      /basin.* is no valid record: identity: expected [0-9a-f]{64}, which follows/,
    );
    expect(found.map(kindOf).toSorted()).toEqual(['basin', 'basin', 'basin', 'run', 'run', 'run']);
  });

  it('gives an analysis whose run is not there, for it cannot be held against it', async () => {
    await unlink(store.pathOf(syntheticRun({seed: 1, poisonFactor: 0})));
    expect(await all(store.stream('toy', ['basin']))).toHaveLength(4);
  });
});
