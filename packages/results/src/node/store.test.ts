import {createHash, randomUUID} from 'node:crypto';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {RunRecord} from '../record.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '../testing/index.ts';
import {processTag} from './process-tag.ts';
import {openStore, type Store} from './store.ts';
import {StoreError} from './store-error.ts';

const run = syntheticRun();
const margin = syntheticAnalysis('margin', run);
let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-store-'));
  store = openStore(directory);
});

afterEach(async () => {
  await rm(directory, {recursive: true});
});

async function faultOf(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`expected a StoreError, got ${String(error)}`);
}

describe('a store', () => {
  it('gives back what was written, under names made from identities', async () => {
    const records = syntheticSweep({
      seeds: [1, 2],
      poisonFactors: [0, 0.8],
      analyses: ['margin', 'curvature'],
    });
    for (const record of records) await store.writeRecord(record);
    const found = await store.readRecords();
    expect(found).toHaveLength(records.length);
    expect(found).toEqual(expect.arrayContaining(records));
    expect((await readdir(directory)).toSorted()).toEqual(['toy']);
    expect((await readdir(join(directory, 'toy'))).toSorted()).toEqual([
      'curvature',
      'experiment.json',
      'margin',
      'run',
    ]);
    expect(store.pathOf(run)).toBe(join(directory, 'toy', 'run', `${run.identity.slice(0, 16)}.json`));
    expect(await store.read(run)).toEqual(run);
    expect(await openStore(directory).readRecords('toy')).toEqual(found);
    expect(await store.readRecords('circles')).toEqual([]);
  });

  it('knows what it has without making anything', async () => {
    const empty = openStore(join(directory, 'none'));
    expect(await empty.has(run)).toBe(false);
    expect(await empty.read(run)).toBeUndefined();
    expect(await empty.readRecords()).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
    await empty.writeRecord(run);
    expect(await empty.has({kind: 'run', experiment: 'toy', identity: run.identity})).toBe(true);
    expect(await empty.has(margin)).toBe(false);
  });

  it('writes the same bytes for the same record, and replaces an older one', async () => {
    const file = await store.writeRecord(run);
    const first = await readFile(file);
    await store.writeRecord({...run, provenance: {...run.provenance, wallSeconds: 99}});
    expect(await readFile(file)).not.toEqual(first);
    await store.writeRecord(run);
    expect(await readFile(file)).toEqual(first);
    expect(await readdir(join(directory, 'toy', 'run'))).toHaveLength(1);
  });

  it('refuses to write what is no record, and leaves nothing behind', async () => {
    const bad = {...run, data: {...run.data, steps: NaN}};
    await expect(store.writeRecord(bad)).rejects.toThrow(/data\.steps: expected a number, got NaN/);
    await expect(store.writeRecord({...run, experiment: '../../etc'})).rejects.toThrow(
      /experiment: expected lower-case/,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses names that would lead out of its folder', () => {
    expect(() => store.pathOf({kind: 'experiment', experiment: '../x'})).toThrow(RangeError);
    expect(() => store.pathOf({kind: 'run', experiment: 'toy', identity: '../../x'})).toThrow(/as hash, got/);
    expect(() => store.pathOf({...margin, analysis: 'a/b'})).toThrow(/as analysis, got "a\/b"/);
  });

  it('survives twenty writers of one record', async () => {
    await Promise.all(Array.from({length: 20}, () => openStore(directory).writeRecord(run)));
    expect(await store.readRecords()).toEqual([run]);
    expect(await readdir(join(directory, 'toy', 'run'))).toHaveLength(1);
  });
});

describe('a store with bad files', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['half a record', '{"kind": "run", "identi', /is no valid record: .*JSON/],
    ['nothing', '', /is no valid record/],
    ['binary rubbish', Uint8Array.of(0, 255, 254, 1), /is no valid record/],
    ['a wrong type', JSON.stringify({...run, seed: 'one'}), /seed: expected a number, got "one"/],
    ['another record', JSON.stringify(syntheticRun({seed: 9})), /holds the record that belongs at toy.run/],
  ])('names the file that holds %s, and the remedy', async (_, content, message) => {
    await store.writeRecord(margin);
    const file = store.pathOf(run);
    await mkdir(join(file, '..'));
    await writeFile(file, content);
    const fault = await faultOf(store.readRecords());
    expect(fault.message).toMatch(message);
    expect(fault.message).toContain(file);
    expect(fault.message).toMatch(/aside and run the experiment again/);
    expect(fault).toMatchObject({file, code: 'INVALID'});
    expect(await store.inspect()).toEqual({records: [margin], faults: [fault]});
    expect((await faultOf(store.read(run))).message).toBe(fault.message);
  });

  it('names every bad file, not just the first', async () => {
    for (const seed of [1, 2]) await writeFile(await store.writeRecord(syntheticRun({seed})), '{');
    const {message} = await faultOf(store.readRecords());
    for (const seed of [1, 2]) expect(message).toContain(store.pathOf(syntheticRun({seed})));
  });

  it('does not read a file beyond its limit', async () => {
    const file = await store.writeRecord(run);
    const small = openStore(directory, {maximumRecordBytes: 1000});
    expect((await faultOf(small.readRecords())).message).toContain(
      `${file} is no valid record: expected at most 1000 bytes`,
    );
  });

  it('moves a bad file aside, under a free name, and reads on without it', async () => {
    for (let round = 0; round < 2; round++) {
      const file = await store.writeRecord(run);
      await writeFile(file, '{');
      await store.quarantine(file);
      expect(await store.has(run)).toBe(false);
      expect(await store.readRecords()).toEqual([]);
    }
    const name = `run-${run.identity.slice(0, 16)}.json`;
    expect((await readdir(join(directory, 'toy', 'quarantine'))).toSorted()).toEqual([name, `${name}.2`]);
    await expect(store.quarantine(join(directory, '..', 'x'))).rejects.toThrow(
      /expected a file of an experiment/,
    );
  });

  it('says that a folder stands in place of a record', async () => {
    await mkdir(store.pathOf(run), {recursive: true});
    expect((await faultOf(store.writeRecord(run))).message).toMatch(/a folder stands in its place.*EISDIR/);
    expect(await readdir(join(directory, 'toy', 'run'))).toHaveLength(1);
  });

  it('says that a file stands where its folder should be', async () => {
    await writeFile(join(directory, 'toy'), 'no folder');
    const fault = await faultOf(store.writeRecord(run));
    expect(fault.message).toMatch(
      /^cannot write .*: a file stands where a folder should be; .*(EEXIST|ENOTDIR)\)$/,
    );
  });
});

describe('checkpoints', () => {
  const bytes = Uint8Array.from({length: 1000}, (_, i) => i % 251);

  it('are named by their hash and come back byte for byte', async () => {
    const reference = await store.writeCheckpoint('toy', bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(reference).toEqual({file: `checkpoints/${sha256.slice(0, 16)}.safetensors`, sha256});
    expect(await store.writeCheckpoint('toy', bytes)).toEqual(reference);
    expect(new Uint8Array(await store.readCheckpoint('toy', sha256))).toEqual(bytes);
    expect(await readdir(join(directory, 'toy', 'checkpoints'))).toHaveLength(1);
    const data: RunRecord['data'] = {...run.data, checkpoint: reference};
    await store.writeRecord({...run, data});
    expect(await store.readRecords()).toHaveLength(1);
  });

  it('that are damaged are refused on reading and mended on writing', async () => {
    const {file, sha256} = await store.writeCheckpoint('toy', bytes);
    await writeFile(join(directory, 'toy', file), bytes.subarray(1));
    expect((await faultOf(store.readCheckpoint('toy', sha256))).message).toMatch(
      /is damaged: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}; delete it/,
    );
    await store.writeCheckpoint('toy', bytes);
    expect(new Uint8Array(await store.readCheckpoint('toy', sha256))).toEqual(bytes);
  });

  it('that are missing are named', async () => {
    const fault = await faultOf(store.readCheckpoint('toy', 'a'.repeat(64)));
    expect(fault.message).toMatch(/^cannot read .*aaaaaaaaaaaaaaaa\.safetensors: there is no such file/);
  });
});

describe('temporary files', () => {
  it('go at once where the process of this machine that wrote them is gone', async () => {
    await store.writeRecord(run);
    const folder = join(directory, 'toy', 'run');
    const {pid} = spawnSync(process.execPath, ['--version']);
    const [host = ''] = processTag.split('-');
    const names = [`${host}-${pid}`, processTag, `00000000-${pid}`].map(temporaryOf);
    for (const name of names) await writeFile(join(folder, name), '{');
    expect(await store.removeTemporaries('toy')).toBe(1);
    expect((await readdir(folder)).toSorted()).toEqual([
      ...names.slice(1).toSorted(),
      `${run.identity.slice(0, 16)}.json`,
    ]);
  });

  it('that somebody takes away are written again', async () => {
    const folder = join(directory, 'toy', 'run');
    await store.writeRecord(run);
    const thief = async (): Promise<void> => {
      for (let round = 0; round < 200; round++) {
        const names = (await readdir(folder)).filter((file) => file.endsWith('.tmp'));
        await Promise.all(names.slice(0, 1).map((name) => rm(join(folder, name), {force: true})));
      }
    };
    // Each file that is written may be taken away once; a second time there is another name to find.
    const write = async (): Promise<void> => {
      for (let round = 0; round < 20; round++) await store.writeRecord(run).catch(() => undefined);
    };
    await Promise.all([thief(), write()]);
    await store.writeRecord(run);
    expect(await store.readRecords()).toEqual([run]);
  });

  it('that a killed process left are never records, and go when they are old', async () => {
    await store.writeRecord(run);
    const folder = join(directory, 'toy', 'run');
    const [old, young] = [join(folder, temporaryOf('00000000-1')), join(folder, temporaryOf('00000000-2'))];
    for (const file of [old, young]) await writeFile(file, '{');
    await utimes(old, new Date(0), new Date(0));
    expect(await store.readRecords()).toEqual([run]);
    expect(await store.removeTemporaries('toy')).toBe(1);
    expect(await readdir(folder)).toHaveLength(2);
    expect(await store.removeTemporaries('toy', 0)).toBe(1);
    expect(await store.readRecords()).toEqual([run]);
  });

  it('of others stay, and so does what lies elsewhere', async () => {
    await store.writeRecord(run);
    const others = [
      join('toy', '.notes.tmp'),
      join('toy', '.x.json.1.tmp'),
      join('elsewhere', temporaryOf('00000000-1')),
    ];
    await mkdir(join(directory, 'elsewhere'));
    for (const file of others) {
      await writeFile(join(directory, file), 'mine');
      await utimes(join(directory, file), new Date(0), new Date(0));
    }
    expect(await store.removeTemporaries('toy')).toBe(0);
    for (const file of others) expect(existsSync(join(directory, file)), file).toBe(true);
  });
});

/** Name of a temporary file that a process of a host wrote. */
function temporaryOf(tag: string): string {
  return `.x.json.${tag}.${randomUUID()}.tmp`;
}
