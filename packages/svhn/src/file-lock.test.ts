import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {fileServer, serve} from '../test/misbehaving-server.ts';
import {fetchFiles} from './fetch-svhn.ts';
import {withLock} from './file-lock.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-lock-'));
  path = join(folder, 'file');
});
afterEach(() => {
  rmSync(folder, {recursive: true});
});

it('lets one at a time, and leaves nothing, also where that one throws', async () => {
  let inside = 0;
  const work = async (): Promise<void> => {
    expect((inside += 1)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
    throw new Error('a fault');
  };
  const all = await Promise.allSettled([1, 2, 3].map(() => withLock(path, undefined, work)));
  expect(all.map((result) => String(result.status === 'rejected' && result.reason))).toEqual(
    new Array(3).fill('Error: a fault'),
  );
  expect(existsSync(`${path}.lock`)).toBe(false);
});

it('takes a lock that was left over', async () => {
  writeFileSync(`${path}.lock`, '');
  expect(await withLock(path, undefined, async () => 'done', 150)).toBe('done');
  expect(existsSync(`${path}.lock`)).toBe(false);
});

it('leaves a lock to whoever took it from an owner without a sign of life', async () => {
  let inside = 0;
  const [frozen, thief] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = withLock(path, undefined, () => frozen.promise);
  await expect.poll(() => existsSync(`${path}.lock`)).toBe(true);
  // As if its owner stood still: the look for a sign of life is shorter than the beat.
  const second = withLock(
    path,
    undefined,
    async () => {
      inside += 1;
      await thief.promise;
      inside -= 1;
    },
    150,
  );
  await expect.poll(() => inside).toBe(1);
  frozen.resolve();
  await first;
  const third = withLock(path, undefined, async () => inside);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(existsSync(`${path}.lock`)).toBe(true);
  thief.resolve();
  await second;
  expect(await third).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

it('waits no longer than it is told to, and then leaves the lock to its owner', async () => {
  writeFileSync(`${path}.lock`, '');
  const reason = new Error('stop');
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 50);
  await expect(withLock(path, controller.signal, async () => 'done')).rejects.toBe(reason);
  expect(existsSync(`${path}.lock`)).toBe(true);
});

it('has a file downloaded once for all who ask for it at the same time, in two processes', async () => {
  const bytes = Uint8Array.from({length: 300_000}, (_, i) => i % 251);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const file = {part: 'train', name: 'file', bytes: bytes.length, md5, images: 1} as const;
  // No answer until the other process has asked too.
  const begun = Promise.withResolvers<void>();
  const server = await fileServer((request, response) => {
    void begun.promise.then(() => setTimeout(() => serve(bytes)(request, response), 500));
  });
  const options = {folder, baseUrl: server.url};
  const program = `
    import {fetchFiles} from ${JSON.stringify(import.meta.resolve('./fetch-svhn.ts'))};
    const fetched = fetchFiles([${JSON.stringify(file)}], ${JSON.stringify(options)});
    console.log('begun');
    await fetched;`;
  const flags = ['--conditions=@minefield/source', '--input-type=module', '--eval', program];
  const elsewhere = spawn(process.execPath, flags, {stdio: ['ignore', 'pipe', 'inherit']});
  elsewhere.stdout.once('data', () => begun.resolve());
  const ended = once(elsewhere, 'exit');
  await Promise.all([fetchFiles([file], options), fetchFiles([file], options)]);
  expect(await ended).toEqual([0, null]);
  await server.close();
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['file']);
  expect(server.requests).toHaveLength(1);
});
