import {InputError} from '@minefield/core';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {
  type Answer,
  type FileServer,
  arrived,
  fileServer,
  respond,
  serve,
} from '../test/misbehaving-server.ts';
import {DownloadError} from './download-error.ts';
import {type FetchProgress, type FetchRetry, type FetchedFile, fetchFiles, fetchSvhn} from './fetch-svhn.ts';
import type {OfficialFile} from './official-files.ts';

// Large enough to come in several pieces.
const whole = Uint8Array.from({length: 300_000}, (_, i) => (i * i + (i >> 8)) % 256);
const other = whole.map((value) => value ^ 1);
const file: OfficialFile = {
  part: 'train',
  name: 'train_32x32.mat',
  bytes: whole.length,
  md5: createHash('md5').update(whole).digest('hex'),
  images: 1,
};
const page = '<!DOCTYPE html><title>Log in</title>';

let folder = '';
let path = '';
let server: FileServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-fetch-'));
  path = join(folder, file.name);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, {recursive: true});
});

const tell = ({received}: FetchProgress): void => arrived(received);

/** Fetches from a server that gives these answers one after the other. */
async function fetchFrom(...answers: readonly Answer[]): Promise<FetchedFile[]> {
  server = await fileServer(...answers);
  return fetchFiles([file], {folder, baseUrl: server.url, backOff: 1, patience: 5000, onProgress: tell});
}

const requested = (header: 'range' | 'if-range'): unknown[] =>
  server?.requests.map((headers) => headers[header]) ?? [];

function leavePart(bytes: Uint8Array, version: unknown = {etag: '"1"', lastModified: null}): void {
  writeFileSync(`${path}.part`, bytes);
  writeFileSync(`${path}.part.json`, JSON.stringify(version));
}

/** The file is there, and nothing else. */
function expectWhole(): void {
  expect(readFileSync(path).equals(whole)).toBe(true);
  expect(readdirSync(folder)).toEqual([file.name]);
}

describe('fetchSvhn', () => {
  it('downloads a file, tells how far it is, and keeps it the next time', async () => {
    server = await fileServer(serve(whole));
    const seen: FetchProgress[] = [];
    const options = {
      folder,
      baseUrl: server.url,
      onProgress: (progress: FetchProgress) => void seen.push(progress),
    };
    const facts = {part: 'train', path, bytes: whole.length, md5: file.md5};
    expect(await fetchFiles([file], options)).toEqual([{...facts, origin: 'downloaded'}]);
    expectWhole();
    expect(seen.at(-1)).toEqual({part: 'train', received: whole.length, total: whole.length});
    expect(seen.every(({received}, i) => received > (seen[i - 1]?.received ?? 0))).toBe(true);
    expect(await fetchFiles([file], options)).toEqual([{...facts, origin: 'kept'}]);
    expect(server.requests).toHaveLength(1);
  });

  it('goes on where the connection broke', async () => {
    await fetchFrom(serve(whole, {cutAfter: 100_000}), serve(whole, {cutAfter: 100_000}), serve(whole));
    expectWhole();
    expect(requested('range')).toEqual([undefined, 'bytes=100000-', 'bytes=200000-']);
    expect(requested('if-range')).toEqual([undefined, '"1"', '"1"']);
  });

  it('goes on by date where there is no strong tag', async () => {
    const weak = {etag: 'W/"1"', lastModified: 'Mon, 05 Dec 2011 21:09:26 GMT'};
    await fetchFrom(serve(whole, {...weak, cutAfter: 100_000}), serve(whole, weak));
    expectWhole();
    expect(requested('if-range')).toEqual([undefined, weak.lastModified]);
  });

  it('goes on in another process, after an interruption', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    server = await fileServer(serve(whole, {cutAfter: 150_000}), serve(whole));
    const onProgress = ({received}: FetchProgress): void => {
      arrived(received);
      if (received === 150_000) setTimeout(() => controller.abort(reason), 50);
    };
    const options = {folder, baseUrl: server.url, backOff: 60_000, signal: controller.signal, onProgress};
    await expect(fetchFiles([file], options)).rejects.toBe(reason);
    expect(existsSync(path)).toBe(false);
    await fetchFiles([file], {folder, baseUrl: server.url});
    expectWhole();
    expect(requested('range')).toEqual([undefined, 'bytes=150000-']);
  });

  it.each<[what: string, ...answers: Answer[]]>([
    ['the server ignores ranges', serve(whole, {ignoresRange: true})],
    ['the file on the server changed', serve(whole, {etag: '"2"'})],
    [
      'a changed file comes in ranges all the same',
      serve(whole, {etag: '"2"', ignoresIfRange: true}),
      serve(whole),
    ],
    ['the range cannot be had', respond(416, 'text/plain', ''), serve(whole)],
    [
      'another range comes',
      (_, response) => response.writeHead(206, {'content-range': 'bytes 0-9/300000'}).end('x'),
      serve(whole),
    ],
  ])('starts over where %s', async (_, ...answers) => {
    leavePart(other.subarray(0, 100_000));
    await fetchFrom(...answers);
    expectWhole();
    expect(requested('range')[0]).toBe('bytes=100000-');
  });

  it('starts over where the kept part turns out to be of another file', async () => {
    leavePart(other.subarray(0, 100_000));
    await fetchFrom(serve(whole));
    expectWhole();
    expect(requested('range')).toEqual(['bytes=100000-', undefined]);
  });

  it.each<[what: string, state: unknown]>([
    ['nothing', null],
    ['no version', {etag: null, lastModified: null}],
    ['a header of its own', {etag: '"1"\r\nx: y', lastModified: null}],
  ])('starts over where the note beside a part holds %s', async (_, state) => {
    leavePart(other.subarray(0, 100_000), state);
    await fetchFrom(serve(whole));
    expectWhole();
    expect(requested('range')).toEqual([undefined]);
  });

  it('starts over where the part is longer than the file', async () => {
    leavePart(new Uint8Array(whole.length + 1));
    await fetchFrom(serve(whole));
    expectWhole();
    expect(server?.requests).toHaveLength(1);
  });

  it('needs no server for a part that is whole already', async () => {
    leavePart(whole);
    await fetchFrom(respond(500, 'text/plain', ''));
    expectWhole();
    expect(server?.requests).toEqual([]);
  });

  it('tries again after passing troubles of the server, later each time, and says so', async () => {
    server = await fileServer(
      respond(503, 'text/html', page),
      respond(500, 'text/plain', ''),
      (_, response) => response.destroy(),
      serve(whole),
    );
    const retries: FetchRetry[] = [];
    const onRetry = (retry: FetchRetry): void => void retries.push(retry);
    await fetchFiles([file], {folder, baseUrl: server.url, backOff: 2, onRetry});
    expectWhole();
    expect(retries).toMatchObject([
      {part: 'train', reason: 'status 503', seconds: 0.002},
      {part: 'train', reason: 'status 500', seconds: 0.004},
      {part: 'train', seconds: 0.008},
    ]);
  });

  it('tries again after a body that ends early without saying so', async () => {
    await fetchFrom(
      (_, response) => response.writeHead(200, {etag: '"1"'}).end(whole.subarray(0, 1000)),
      serve(whole),
    );
    expectWhole();
    expect(server?.requests).toHaveLength(2);
  });

  it('tries again after a silence', async () => {
    server = await fileServer((_, response) => void response.writeHead(200).write('x'), serve(whole));
    await fetchFiles([file], {folder, baseUrl: server.url, backOff: 1, patience: 200});
    expectWhole();
    expect(server?.requests).toHaveLength(2);
  });

  it.each<[what: string, answer: Answer, requests: number, says: RegExp]>([
    [
      'never works',
      respond(500, 'text/plain', ''),
      5,
      /expected the whole of http.*, got status 500 at the last of 5 attempts; check the network and try again/,
    ],
    [
      'always breaks',
      (_, response) => response.destroy(),
      5,
      /got (other side closed|.*CLOSED|.*SOCKET|ECONNRESET|aborted).* at the last of 5 attempts/,
    ],
    [
      'does not have the file',
      respond(404, 'text/plain', 'no'),
      1,
      /expected the file from http.*, got status 404; check the address, or name a folder/,
    ],
    [
      'gives a web page',
      respond(200, 'text/html; charset=utf-8', page),
      1,
      /got a web page; a proxy or a login page may stand between/,
    ],
    [
      'gives a web page as data',
      (_, response) => response.end(page.padEnd(100)),
      1,
      /expected 300000 bytes from http.*, got 100;/,
    ],
    [
      'gives a web page of unknown length',
      (_, response) => {
        response.write(page);
        response.end();
      },
      1,
      /got a web page/,
    ],
    [
      'gives a shorter file',
      serve(whole.subarray(0, 1000)),
      1,
      /expected 300000 bytes from http.*, got 1000;/,
    ],
    [
      'gives a longer file',
      (_, response) => {
        response.write(whole);
        response.end(whole);
      },
      1,
      /expected 300000 bytes from http.*, got more;/,
    ],
    [
      'gives another file of that length',
      serve(other),
      1,
      /expected MD5 [0-9a-f]{32} from http.*, got [0-9a-f]{32};/,
    ],
  ])('refuses what a server sends that %s', async (_, answer, requests, says) => {
    const fault: unknown = await fetchFrom(answer).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DownloadError);
    expect((fault as Error).message).toMatch(says);
    expect((fault as Error).message).toMatch(/^svhn\.fetchSvhn: expected /);
    expect(server?.requests).toHaveLength(requests);
    expect(existsSync(path)).toBe(false);
  });

  it('says that nobody answers', async () => {
    const {url, close} = await fileServer(serve(whole));
    await close();
    await expect(fetchFiles([file], {folder, baseUrl: url, backOff: 1})).rejects.toThrow(
      /expected the whole of http.*, got ECONNREFUSED at the last of 5 attempts; check the network/,
    );
  });

  it('stops at once when it is told to, in the middle of a silence', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    server = await fileServer(() => setTimeout(() => controller.abort(reason), 20));
    const options = {folder, baseUrl: server.url, signal: controller.signal};
    await expect(fetchFiles([file], options)).rejects.toBe(reason);
  });

  it('leaves another file in its place alone', async () => {
    writeFileSync(path, 'mine');
    await expect(fetchFrom(serve(whole))).rejects.toThrow(
      /expected nothing or the official file at .*, got another one of MD5 [0-9a-f]{32}; move it away/,
    );
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(server?.requests).toEqual([]);
  });

  it('says that there is no room, and where', async ({skip}) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk], {stdio: 'ignore'});
    } catch {
      return skip('needs the right to mount a small file system');
    }
    try {
      server = await fileServer(serve(whole));
      await expect(fetchFiles([file], {folder: disk, baseUrl: server.url})).rejects.toThrow(
        /expected 0\.3 MB of free space for .*train_32x32\.mat, got 0\.1 MB; free some or choose another folder/,
      );
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('says that the folder is a file', async () => {
    writeFileSync(join(folder, 'taken'), '');
    await expect(fetchFiles([file], {folder: join(folder, 'taken')})).rejects.toThrow(
      /^svhn\.fetchSvhn: expected to write .*taken, got EEXIST: a file where a folder should be; move it away/,
    );
  });

  it.each(['ftp://example.org', 'nowhere', 'http://'])('takes no address like %s', async (baseUrl) => {
    await expect(fetchFiles([file], {folder, baseUrl})).rejects.toThrow(
      /expected an address such as http:.*, got /,
    );
  });

  it('says where no folder can be made, and ends', async ({skip}) => {
    if (!existsSync('/proc/self')) return skip('needs a file system such as /proc');
    await expect(fetchFiles([file], {folder: '/proc/minefield/svhn'})).rejects.toThrow(
      /^svhn\.fetchSvhn: expected to write \/proc\/minefield\/svhn, got ENOENT: /,
    );
  });

  it('does not know parts that SVHN does not have', async () => {
    await expect(fetchSvhn({folder, parts: ['all' as 'train']})).rejects.toThrow(
      /^svhn\.fetchSvhn: expected a part among train, test, extra, got "all"; /,
    );
  });

  it('does not know options that it does not have, nor parts that are no list', async () => {
    await expect(fetchSvhn({folders: folder} as object)).rejects.toThrow(
      /^svhn\.fetchSvhn: expected options among parts, folder, .*, got "folders"; did you mean "folder"/,
    );
    await expect(fetchSvhn({folder, parts: 'train' as unknown as ['train']})).rejects.toThrow(
      /^svhn\.fetchSvhn: expected a list of parts, got train; /,
    );
  });
});

describe('fetchSvhn from a folder', () => {
  it('copies a file that it has checked', async () => {
    const from = join(folder, 'from');
    const into = join(folder, 'into');
    mkdirSync(from);
    writeFileSync(join(from, file.name), whole);
    expect(await fetchFiles([file], {folder: into, from})).toMatchObject([{origin: 'copied'}]);
    expect(readFileSync(join(into, file.name)).equals(whole)).toBe(true);
    expect(readdirSync(into)).toEqual([file.name]);
  });

  it.each([
    ['the file from there', 'from', () => undefined],
    ['the one that is in its place', 'into', () => writeFileSync(join(folder, 'from', file.name), whole)],
  ])('says whose file cannot be read: %s', async (_, which, prepare) => {
    for (const name of ['from', 'into']) mkdirSync(join(folder, name));
    prepare();
    const place = join(folder, which, file.name);
    mkdirSync(place);
    await expect(
      fetchFiles([file], {folder: join(folder, 'into'), from: join(folder, 'from')}),
    ).rejects.toThrow(`svhn.fetchSvhn: expected a file at ${place}, got a folder; check the path`);
  });

  it.each<[what: string, bytes: Uint8Array | null, says: RegExp]>([
    [
      'none',
      null,
      /^svhn\.fetchSvhn: expected to read .*train_32x32\.mat, got ENOENT: no such file or folder; check/,
    ],
    [
      'a short one',
      whole.subarray(0, 9),
      /expected 300000 bytes in .*, got 9; it is not the official file; choose/,
    ],
    [
      'another one',
      other,
      /expected MD5 [0-9a-f]{32} in .*, got [0-9a-f]{32}; it is not the official file; choose/,
    ],
  ])('refuses %s and leaves nothing', async (_, bytes, says) => {
    const from = join(folder, 'from');
    const into = join(folder, 'into');
    mkdirSync(from);
    if (bytes !== null) writeFileSync(join(from, file.name), bytes);
    await expect(fetchFiles([file], {folder: into, from})).rejects.toBeInstanceOf(InputError);
    await expect(fetchFiles([file], {folder: into, from})).rejects.toThrow(says);
    expect(readdirSync(into)).toEqual([]);
  });
});
