import {execFileSync} from 'node:child_process';
import {appendFileSync, truncateSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {syntheticRun} from '../testing/index.ts';
import {readBytes, readText} from './files.ts';
import {packRecords} from './pack-records.ts';
import {recordBeside} from './record-beside.ts';
import {openStore, type Store} from './store.ts';

const run = syntheticRun();
let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-files-'));
  store = openStore(join(directory, 'results'));
});

afterEach(async () => {
  await rm(directory, {recursive: true});
});

describe.skipIf(process.platform === 'win32')('what is no regular file', () => {
  it.each<[string, RegExp, (path: string) => Promise<void> | void]>([
    ['a named pipe', /a named pipe/, (path) => void execFileSync('mknod', [path, 'p'])],
    ['a link to an endless device', /a device/, (path) => symlink('/dev/zero', path)],
    ['a folder', /a folder/, async (path) => void (await mkdir(path))],
  ])('%s is refused as a record and as a checkpoint, without waiting', async (_, kind, make) => {
    const file = await store.writeRecord(run);
    await rm(file);
    await make(file);
    await expect(readText(file, 1000)).rejects.toThrow(kind);
    await expect(readBytes(file)).rejects.toThrow(kind);
    if (String(kind).includes('folder')) return;
    const {faults} = await store.inspect();
    expect(faults).toMatchObject([{code: 'INVALID', file, message: expect.stringMatching(kind)}]);
    expect(faults[0]?.message).toMatch(/aside and run the experiment again/);
    await expect(
      recordBeside(join(dirname(dirname(file)), 'checkpoints', 'x'), run.identity),
    ).rejects.toThrow(kind);
    const reference = await store.writeCheckpoint('toy', Uint8Array.of(1));
    const checkpoint = join(store.directory, 'toy', reference.file);
    await rm(checkpoint);
    await rename(await store.quarantine(file), checkpoint);
    await expect(store.readCheckpoint('toy', reference.sha256)).rejects.toThrow(kind);
  });

  it('behind a link is read where it is one after all', async () => {
    const file = await store.writeRecord(run);
    await rename(file, join(directory, 'elsewhere.json'));
    await symlink(join(directory, 'elsewhere.json'), file);
    expect(await store.readRecords()).toEqual([run]);
  });
});

describe('the largest file that is read', () => {
  it('has as many bytes as the limit says, and one more is refused', async () => {
    const file = join(directory, 'file');
    await writeFile(file, 'ü'.repeat(500));
    expect(await readText(file, 1000)).toBe('ü'.repeat(500));
    appendFileSync(file, '.');
    await expect(readText(file, 1000)).rejects.toThrow(/expected at most 1000 bytes, got 1001/);
  });

  it.skipIf(process.platform !== 'linux')(
    'is no larger where the system says that a file has 0 bytes',
    async () => {
      // Files below /proc say so, however long they are.
      const whole = (await readText('/proc/self/status', 2 ** 20)).length;
      expect(whole).toBeGreaterThan(500);
      await expect(readText('/proc/self/status', 100)).rejects.toThrow(
        /expected at most 100 bytes, got more/,
      );
    },
  );

  it('is a checkpoint of 2 GiB', async () => {
    const {file, sha256} = await store.writeCheckpoint('toy', Uint8Array.of(1));
    truncateSync(join(store.directory, 'toy', file), 2 ** 31 + 1);
    await expect(store.readCheckpoint('toy', sha256)).rejects.toThrow(
      /expected at most 2147483648 bytes, got 2147483649/,
    );
  });
});

it('refuses a record that is not in UTF-8, which would be written otherwise than it was read', async () => {
  const file = await store.writeRecord(run);
  const bytes = await readFile(file);
  const place = bytes.indexOf('"name"') + '"name": "'.length;
  bytes[place] = 0xfc;
  await writeFile(file, bytes);
  await expect(readText(file, 100_000)).rejects.toThrow('expected text in UTF-8');
  const {faults} = await store.inspect();
  expect(faults).toMatchObject([{code: 'INVALID', file}]);
  await expect(packRecords(store.directory, run.experiment, {all: true})).rejects.toThrow(file);
  expect(await readFile(file)).toEqual(bytes);
});
