/** A store whose records lie in packs, in files of their own, or in both. */
import {execFileSync} from 'node:child_process';
import {cp, mkdtemp, readFile, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {ResultRecord, RunRecord} from '../record.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '../testing/index.ts';
import {packRecords, unpackRecords} from './pack-records.ts';
import {packCache} from './pack-cache.ts';
import {recordBeside} from './record-beside.ts';
import {recordPlaces} from './record-places.ts';
import {openStore, type Store} from './store.ts';

const records = syntheticSweep({
  seeds: [1, 2],
  poisonFactors: [0, 0.8],
  analyses: ['margin', 'search', 'minefield'],
});
const run = syntheticRun();
const margin = syntheticAnalysis('margin', run);
let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-packs-'));
  store = openStore(directory);
  for (const record of records) await store.writeRecord(record);
});
afterEach(() => rm(directory, {recursive: true}));

const packed = (kind: string): string => join(directory, 'toy', `${kind}.jsonl.gz`);
const lines = (...values: readonly unknown[]): Buffer =>
  gzipSync(values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join(''));
const runs = records.filter((record) => record.kind === 'run');

describe('records in packs', () => {
  it('are read as they are in files of their own, all in the same order or each by its identity', async () => {
    const before = await store.readRecords();
    const names = await store.list('toy');
    await packRecords(directory, 'toy', {all: true});
    expect((await readdir(join(directory, 'toy'))).toSorted()).toEqual([
      'experiment.json',
      ...['margin', 'minefield', 'run', 'search'].map((kind) => `${kind}.jsonl.gz`),
    ]);
    for (const reader of [store, openStore(directory)]) {
      expect(await reader.readRecords()).toEqual(before);
      expect(await reader.readRecords('toy')).toEqual(before);
      expect(await reader.list('toy')).toEqual(names);
      for (const record of records) {
        expect(await reader.has(record)).toBe(true);
        expect(await reader.read(record)).toEqual(record);
      }
      expect(await reader.has(syntheticRun({seed: 9}))).toBe(false);
      expect(await reader.read(syntheticRun({seed: 9}))).toBeUndefined();
    }
    const beside = join(directory, 'toy', 'checkpoints', 'x.safetensors');
    expect(await recordBeside(beside, run.identity)).toEqual(run);
    expect(await recordBeside(beside, 'b'.repeat(64))).toBeUndefined();
  });

  it('are lines of JSON to gzip and to whoever reads what it prints, sorted by identity', async () => {
    await packRecords(directory, 'toy', {all: true});
    const text = execFileSync('gzip', ['-dc', packed('run')], {encoding: 'utf8'});
    const read = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunRecord);
    expect(read).toEqual(runs.toSorted((a, b) => (a.identity < b.identity ? -1 : 1)));
    const header = await readFile(packed('run'));
    // Neither flags, such as that of a name, nor a time.
    expect([...header.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
  });

  it('yield to files of their own, which is what is written', async () => {
    await packRecords(directory, 'toy', {all: true});
    const later = {...run, provenance: {...run.provenance, wallSeconds: 99}};
    expect(await store.writeRecord(later)).toBe(store.pathOf(run));
    expect(await store.read(run)).toEqual(later);
    expect((await store.readRecords()).filter(({kind}) => kind === 'run')).toHaveLength(runs.length);
    expect(await store.list('toy')).toHaveLength(records.length - 1);
    await packRecords(directory, 'toy');
    expect(await readdir(join(directory, 'toy'))).not.toContain('run');
    expect(await openStore(directory).read(run)).toEqual(later);
  });

  it('are there all the time while others pack and unpack them', async () => {
    const wanted = await store.readRecords();
    const packing = {ended: false};
    const ended = (async () => {
      for (let round = 0; round < 5; round++) {
        await packRecords(directory, 'toy', {all: true});
        await unpackRecords(directory, 'toy');
      }
      packing.ended = true;
    })();
    const reader = openStore(directory);
    let looks = 0;
    while (!packing.ended) {
      expect(await reader.readRecords('toy')).toEqual(wanted);
      expect(await reader.list('toy')).toHaveLength(wanted.length - 1);
      expect(await reader.read(margin)).toEqual(margin);
      looks++;
    }
    await ended;
    expect(looks).toBeGreaterThan(5);
  });

  it('are seen where packs are taken apart between a look at the files and one at the packs', async () => {
    await packRecords(directory, 'toy', {all: true});
    const inner = packCache();
    let looks = 0;
    const read: typeof inner.read = async (file) => {
      if (looks++ === 0) await unpackRecords(directory, 'toy');
      return inner.read(file);
    };
    const places = recordPlaces(directory, {...inner, read}, 2 ** 26);
    expect((await places.all('toy')).places).toHaveLength(records.length);

    await packRecords(directory, 'toy', {all: true});
    looks = 0;
    expect(await (await places.at(run))?.read()).toEqual(run);
    expect(looks).toBe(1);
  });

  it('are refused in the folder of another experiment', async () => {
    await packRecords(directory, 'toy', {all: true});
    await cp(join(directory, 'toy'), join(directory, 'other'), {recursive: true});
    const {faults} = await store.inspect('other');
    expect(faults.map(({file}) => file)).toContain(join(directory, 'other', 'run.jsonl.gz'));
    expect(faults.at(-1)?.message).toMatch(
      /search\.jsonl\.gz:\d is no valid record: it holds the record that belongs at toy.search/,
    );
  });
});

describe('a pack with bad lines', () => {
  const other = syntheticRun({experiment: 'other'});
  const changed = {...syntheticRun({seed: 2}), seed: 7};
  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{"identity"', /run\.jsonl\.gz:2 is no valid record: .*JSON/],
    [
      'no record',
      {...run, seed: 'one', identity: 'c'.repeat(64)},
      /run\.jsonl\.gz:2 is no valid record: seed: expected a number, got "one"/,
    ],
    [
      'a record of another kind',
      margin,
      /:2 is no valid record: it holds the record that belongs at toy.margin/,
    ],
    [
      'one of another experiment',
      other,
      /:2 is no valid record: it holds the record that belongs at other.run/,
    ],
    [
      'an experiment',
      records[0],
      /:2 is no valid record: it holds the record that belongs at toy.experiment\.json/,
    ],
    [
      'the same record again',
      run,
      /:2 is no valid record: expected each record once, got that of .*run\.jsonl\.gz:1 again/,
    ],
    [
      'a run that says otherwise',
      changed,
      /:2 is no valid record: identity: expected [0-9a-f]{64}, which follows from its spec/,
    ],
  ])('is named with the line that holds %s; a sweep goes on with the others', async (_, bad, message) => {
    await rm(join(directory, 'toy', 'run'), {recursive: true});
    const sound = runs.filter(({identity}) => identity !== changed.identity || bad !== changed);
    const content = lines(sound[0], bad, ...sound.slice(1));
    await writeFile(packed('run'), content);
    await expect(store.readRecords()).rejects.toThrow(message);
    const {faults} = await store.inspect();
    expect(faults).toMatchObject([{file: packed('run'), code: 'INVALID'}]);
    expect(faults[0]?.message).toMatch(
      /\n {2}restore run\.jsonl\.gz, or run the experiment again, which goes on without/,
    );
    expect(await store.read(run)).toEqual(run);

    const aside = await store.quarantine(packed('run'));
    expect(await readFile(aside)).toEqual(content);
    expect((await openStore(directory).readRecords()).filter(({kind}) => kind === 'run')).toHaveLength(
      sound.length,
    );
    await expect(store.quarantine(packed('run'))).rejects.toMatchObject({code: 'ENOENT'});
  });

  it('is told of an analysis that its run gives the lie, alone or among all', async () => {
    const lie = {...margin, settings: {...margin.settings, angles: 65}};
    await rm(store.pathOf(margin));
    await writeFile(packed('margin'), lines(lie));
    const message = /margin\.jsonl\.gz:1 is no valid record: identity: expected/;
    await expect(store.read(margin)).rejects.toThrow(message);
    await expect(store.readRecords()).rejects.toThrow(message);
    await packRecordsOf('run');
    await expect(openStore(directory).read(margin)).rejects.toThrow(message);
  });

  it('tells of twenty of them and how many more there are', async () => {
    await rm(join(directory, 'toy', 'run'), {recursive: true});
    await writeFile(packed('run'), lines(...Array.from({length: 30}, () => '{')));
    const {faults} = await store.inspect();
    expect(faults[0]?.message.split('\n')).toHaveLength(22);
    expect(faults[0]?.message).toContain('and 10 more lines of it');
  });

  /** As packing does, where it would refuse. */
  async function packRecordsOf(kind: 'run'): Promise<void> {
    await rm(join(directory, 'toy', kind), {recursive: true});
    await writeFile(packed(kind), lines(...runs));
  }
});

describe('a damaged pack', () => {
  it('is one fault; what lies elsewhere is read, and aside it goes as a whole', async () => {
    await packRecords(directory, 'toy', {all: true});
    const content = await readFile(packed('run'));
    await writeFile(packed('run'), content.subarray(0, -1));
    const {records: left, faults} = await store.inspect();
    expect(left).toHaveLength(records.length - runs.length);
    expect(faults).toMatchObject([{file: packed('run'), code: 'INVALID'}]);
    await expect(store.read(run)).rejects.toThrow(
      /run\.jsonl\.gz is no valid record: expected a whole gzip file/,
    );
    await expect(store.has(run)).rejects.toThrow(/a whole gzip file/);
    await expect(packRecords(directory, 'toy')).rejects.toThrow(/a whole gzip file/);
    await expect(unpackRecords(directory, 'toy')).rejects.toThrow(/a whole gzip file/);
    expect(await store.list('toy')).toHaveLength(records.length - 1 - runs.length);
    expect(await store.read(margin)).toEqual(margin);

    expect(await store.quarantine(packed('run'))).toBe(join(directory, 'toy', 'quarantine', 'run.jsonl.gz'));
    expect((await store.inspect()).faults).toEqual([]);
  });

  it('by a later version is not moved aside by an earlier one', async () => {
    await rm(join(directory, 'toy', 'run'), {recursive: true});
    await writeFile(packed('run'), lines({...run, schemaVersion: 99}, ...runs.slice(1)));
    expect((await store.inspect()).faults).toMatchObject([
      {code: 'NEWER', message: expect.stringMatching(/:1 is .*newer Minefield/)},
    ]);
  });
});

it.skipIf(process.platform === 'win32')(
  'a link that leads nowhere is one fault among sound records',
  async () => {
    const link = join(directory, 'toy', 'run', 'nowhere.json');
    await symlink(join(directory, 'nowhere'), link);
    const {records: found, faults} = await store.inspect();
    expect(found).toHaveLength(records.length);
    expect(faults).toMatchObject([{file: link, code: 'ENOENT'}]);
  },
);

it('a record that lies in a pack is moved aside alone, under the name of its file', async () => {
  await packRecords(directory, 'toy', {all: true});
  const text = (record: ResultRecord): string => JSON.stringify(record);
  for (const record of runs) {
    const aside = await store.quarantine(store.pathOf(record));
    expect(aside).toBe(join(directory, 'toy', 'quarantine', `run-${record.identity.slice(0, 16)}.json`));
    expect(JSON.parse(await readFile(aside, 'utf8'))).toEqual(JSON.parse(text(record)));
    expect(await store.has(record)).toBe(false);
  }
  expect(await readdir(join(directory, 'toy'))).not.toContain('run.jsonl.gz');
  await expect(store.quarantine(store.pathOf(run))).rejects.toMatchObject({code: 'ENOENT'});
});

it('records that lie in one pack are moved aside all at once, and none comes back', async () => {
  await packRecords(directory, 'toy', {all: true});
  const [kept, ...others] = runs;
  const asides = await Promise.all(others.map((record) => store.quarantine(store.pathOf(record))));
  expect(new Set(asides).size).toBe(others.length);
  expect((await openStore(directory).readRecords()).filter(({kind}) => kind === 'run')).toEqual([kept]);
});
