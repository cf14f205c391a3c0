import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {type RequestListener, type Server, createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {minefield} from '../../test/in-process.ts';

let folder = '';
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-data-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, {recursive: true});
});

/** @returns the address of a server that answers so */
async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('minefield data fetch', () => {
  it.each([
    {args: 'data fetch svh', says: /'svh' is invalid for argument 'dataset'. Allowed choices are svhn/},
    {args: 'data fetch svhn --part all', says: /'all' is invalid. Allowed choices are train, test, extra/},
    {args: 'data fetch svhn --form x', says: /unknown option '--form'/},
    {args: 'data fetch', says: /missing required argument 'dataset'/},
    {args: 'data fetch svhn --mirror nowhere', says: /expected an address such as http:.*, got nowhere/},
    {
      args: 'data fetch svhn --from nowhere',
      says: /expected to read nowhere\/train_32x32\.mat, got ENOENT: no such file/,
    },
  ])('refuses "$args" with exit code 2', async ({args, says}) => {
    const {code, out, notes} = await minefield(...args.split(' '), '--folder', folder);
    expect(notes).toMatch(says);
    expect(notes).toMatch(/^error: /);
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it('exits with 1 where the server does not have the file, and says what to do', async () => {
    const address = await listen((_, response) => response.writeHead(404).end());
    const args = ['--mirror', address, '--folder', folder, '--part', 'test', '--json'];
    const {code, out, notes} = await minefield('data', 'fetch', 'svhn', ...args);
    expect(notes).toBe(
      `error: expected the file from ${address}test_32x32.mat, got status 404; ` +
        'check the address, or name a folder that has the files (from)\n',
    );
    expect({code, out}).toEqual({code: 1, out: ''});
  });

  it('keeps what has come on Ctrl-C, and exits with 130', async () => {
    const address = await listen((_, response) => {
      response.writeHead(200, {etag: '"1"', 'content-length': 182_040_794}).write('MATLAB 5.0 MAT-file');
    });
    const child = spawn(
      process.execPath,
      [
        '--conditions=@minefield/source',
        join(import.meta.dirname, '../main.ts'),
        'data',
        'fetch',
        'svhn',
      ].concat(['--mirror', address, '--folder', folder]),
    );
    let notes = '';
    child.stderr.on('data', (chunk) => (notes += String(chunk)));
    const ended = once(child, 'close');
    while (!readdirSync(folder).includes('train_32x32.mat.part') && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(notes).toBe('stopping; the same command goes on from here (again to stop at once)\n');
    expect(readdirSync(folder)).toEqual(['train_32x32.mat.part', 'train_32x32.mat.part.json']);
  });
});
