import {spawn, spawnSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {formatJson} from '../format-record.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '../testing/index.ts';
import {exclusively} from './exclusively.ts';
import {packRecords, unpackRecords} from './pack-records.ts';
import {processTag} from './process-tag.ts';
import {readPack} from './read-pack.ts';
import {openStore, type Store} from './store.ts';
import {formatPack} from './write-pack.ts';

let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-packing-'));
  store = openStore(directory);
});
afterEach(() => rm(directory, {recursive: true}));

/** Every file below a folder, by its path. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((name) =>
    /\.\w+$/.test(name),
  );
  return new Map(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

async function write(seeds: number): Promise<void> {
  const sweep = {seeds: Array.from({length: seeds}, (_, i) => i + 1), poisonFactors: [0, 0.8]};
  for (const record of syntheticSweep({...sweep, analyses: ['margin', 'basin', 'curvature']}))
    await store.writeRecord(record);
}

describe('packing', () => {
  it('and unpacking leave every byte as it was, and packing again gives the same pack', async () => {
    await write(3);
    const before = contents(directory);
    await packRecords(directory, 'toy', {all: true});
    const packed = contents(directory);
    expect([...packed.keys()]).toEqual(
      ['basin', 'curvature', 'experiment', 'margin', 'run'].map(
        (kind) => `toy/${kind}.json${kind === 'experiment' ? '' : 'l.gz'}`,
      ),
    );
    await unpackRecords(directory, 'toy');
    expect(contents(directory)).toEqual(before);
    await packRecords(directory, 'toy', {all: true});
    expect(contents(directory)).toEqual(packed);
  });

  it('leaves few records and few bytes in files of their own, and adds whatever there is to a pack', async () => {
    await write(10);
    const found = await packRecords(directory, 'toy');
    // Of 20 records each; those of a run are of 4.8 kB.
    expect(found.map(({kind, packed, loose}) => [kind, packed, loose])).toEqual([
      ['basin', 20, 0],
      ['curvature', 0, 20],
      ['margin', 0, 20],
      ['run', 0, 20],
    ]);
    const sizes = new Map([...contents(directory)].map(([name, text]) => [name, text.length]));
    expect(found[0]?.bytesAfter).toBe(sizes.get('toy/basin.jsonl.gz'));

    const one = syntheticRun({seed: 11});
    for (const record of [one, syntheticAnalysis('basin', one)]) await store.writeRecord(record);
    const again = await packRecords(directory, 'toy');
    expect(again.find(({kind}) => kind === 'basin')).toMatchObject({packed: 21, loose: 0});
    expect(again.find(({kind}) => kind === 'run')).toMatchObject({packed: 21, loose: 0});
    expect(await store.readRecords('toy')).toHaveLength(1 + 4 * 20 + 2);
  });

  it('leaves a file that is not as a store writes it', async () => {
    await write(2);
    const file = store.pathOf(syntheticRun());
    const compact = JSON.stringify(syntheticRun());
    await writeFile(file, compact);
    const [run] = (await packRecords(directory, 'toy', {all: true})).filter(({kind}) => kind === 'run');
    expect(run).toMatchObject({packed: 3, loose: 1});
    expect(await readFile(file, 'utf8')).toBe(compact);
    await unpackRecords(directory, 'toy');
    expect(await readFile(file, 'utf8')).toBe(compact);
  });

  it('leaves a file that is not as the pack has its record', async () => {
    await write(2);
    await packRecords(directory, 'toy', {all: true});
    // Without anything to add to it, the pack would be left alone.
    await store.writeRecord(syntheticRun({seed: 3}));
    const run = syntheticRun();
    const changed = JSON.stringify({...run, provenance: {...run.provenance, wallSeconds: 99}});
    await writeFile(store.pathOf(run), changed);
    const [runs] = (await packRecords(directory, 'toy', {all: true})).filter(({kind}) => kind === 'run');
    expect(runs).toMatchObject({packed: 4, loose: 1});
    expect(await readFile(store.pathOf(run), 'utf8')).toBe(changed);
  });

  it('moves nothing where a record is damaged, and says which', async () => {
    await write(2);
    await writeFile(store.pathOf(syntheticRun()), '{');
    const before = contents(directory);
    await expect(packRecords(directory, 'toy', {all: true})).rejects.toThrow(
      `${store.pathOf(syntheticRun())} is no valid record`,
    );
    expect(contents(directory)).toEqual(before);
  });

  it('makes nothing of a folder that is not there', async () => {
    expect(await packRecords(directory, 'toy')).toEqual([]);
    expect(await unpackRecords(directory, 'toy')).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('is for one process at a time; the mark of one that is no more does not count', async () => {
    await write(2);
    const [host = ''] = processTag.split('-');
    const {pid} = spawnSync(process.execPath, ['--version']);
    await writeFile(join(directory, 'toy', `.packing-${host}-${pid}.lock`), '');
    await packRecords(directory, 'toy');
    const folder = join(directory, 'toy');
    for (const mark of [`.packing-00000000-${pid}.lock`, `.packing-${processTag}.lock`]) {
      await writeFile(join(folder, mark), '');
      const work = exclusively(folder, async () => 'done', 200);
      await expect(work).rejects.toThrow(`another process does; wait for it, or delete ${mark} there`);
      const patient = exclusively(folder, async () => 'done');
      await rm(join(folder, mark));
      expect(await patient).toBe('done');
    }
    expect((await readdir(join(directory, 'toy'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'and unpacking lose nothing when they are killed at any moment, and end when they are begun again',
    async () => {
      await write(12);
      const before = contents(directory);
      const records = await store.readRecords();
      const program = fileURLToPath(new URL('../../test/fixtures/pack-forever.ts', import.meta.url));
      for (let round = 0; round < 8; round++) {
        const child = spawn(process.execPath, ['--conditions=@minefield/source', program, directory]);
        const ended = new Promise((resolve) => child.on('close', resolve));
        await new Promise((resolve) => child.stdout.once('data', resolve));
        await pause(90 * round);
        child.kill('SIGKILL');
        await ended;
        expect(await openStore(directory).readRecords()).toEqual(records);
      }
      await packRecords(directory, 'toy', {all: true});
      expect(contents(directory).size).toBe(5);
      await unpackRecords(directory, 'toy');
      expect(contents(directory)).toEqual(before);
    },
  );
});

describe('the committed records', () => {
  const results = fileURLToPath(new URL('../../../../results', import.meta.url));
  const paths = readdirSync(results, {recursive: true, encoding: 'utf8'});

  it('come back out of a pack with the bytes of their files', async () => {
    const files = paths.filter(
      (path) => /[/\\][0-9a-f]{16}\.json$/.test(path) && !path.includes('quarantine'),
    );
    const texts = new Map(
      files.map((path, i) => [String(i).padStart(5, '0'), readFileSync(join(results, path), 'utf8')]),
    );
    const values = [...texts].map(([name, text]): [string, unknown] => [name, JSON.parse(text)]);
    const {lines} = await readPack(await formatPack(new Map(values)), 'pack');
    expect(files.length).toBeGreaterThan(100);
    expect(lines.map(({value}) => formatJson(value))).toEqual([...texts.values()]);
  });

  it('lie in packs as packing makes them of the files that unpacking gives back', async () => {
    const packs = paths.filter((path) => path.endsWith('.jsonl.gz'));
    expect(packs.length).toBeGreaterThan(10);
    for (const path of packs) {
      const content = readFileSync(join(results, path));
      const {byStart} = await readPack(content, path);
      const files = [...byStart].map(([start, {value}]): [string, string] => [start, formatJson(value)]);
      const again = await formatPack(
        new Map(files.toReversed().map(([start, text]) => [start, JSON.parse(text)])),
      );
      expect(gunzipSync(again).equals(gunzipSync(content)), path).toBe(true);
    }
  });
});
