import {createHash} from 'node:crypto';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {fetchFile} from './fetch-file.ts';
import type {PinnedFile} from './release.ts';

const content = 'a package';
const file = (client: 'npm' | 'pip', sha256: string): PinnedFile => ({
  client,
  name: 'thing',
  version: '1.2.3',
  bytes: content.length,
  sha256,
});
const right = createHash('sha256').update(content).digest('hex');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-fetch-file-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true});
});

/** Puts a script in the place of both clients. */
function fake(script: string): void {
  for (const name of ['npm', 'python3']) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
}

const fetched = (pinned: PinnedFile): Promise<string> =>
  fetchFile(pinned, join(folder, 'into'), {
    python: 'python3',
    signal: undefined,
    onReceived: () => undefined,
  });

test.each([
  ['npm', 'pack thing@1.2.3 --ignore-scripts --loglevel=error --pack-destination'],
  [
    'pip',
    '-m pip download --quiet --no-deps --no-cache-dir --only-binary=:all: --python-version 3.12 --dest',
  ],
] as const)(
  'has %s bring the version that is pinned, run nothing, and keep its temporary files here',
  async (client, asked) => {
    fake(
      `echo "$@" > ${folder}/asked; echo "$TMPDIR" >> ${folder}/asked; printf '${content}' > ${folder}/into/come/thing.zip`,
    );
    const path = await fetched(file(client, right));
    expect(readFileSync(path, 'utf8')).toBe(content);
    const [args, temporary] = readFileSync(join(folder, 'asked'), 'utf8').split('\n');
    expect(args).toContain(asked);
    expect(temporary).toBe(join(folder, 'into', 'coming'));
    expect(existsSync(join(folder, 'into', 'coming'))).toBe(false);
  },
);

test('refuses another file than the one that was tried, with both hashes', async () => {
  fake(`printf 'b package' > ${folder}/into/come/thing.zip`);
  const wrong = createHash('sha256').update('b package').digest('hex');
  await expect(fetched(file('pip', right))).rejects.toThrow(
    `expected thing 1.2.3 with 9 bytes and SHA-256 ${right}, got 9 bytes and ${wrong}; the index that pip is set to`,
  );
});

test('says so where a client fails, or brings nothing', async () => {
  fake('echo "ERROR: No matching distribution found" >&2; exit 1');
  await expect(fetched(file('pip', right))).rejects.toThrow(
    /expected python3 to run, got exit code 1 \(ERROR: No matching distribution found\); check that python3 has pip/,
  );
  await expect(fetched(file('npm', right))).rejects.toThrow(
    /got exit code 1 .*; check that npm is installed and reaches/,
  );
  fake('exit 0');
  await expect(fetched(file('npm', right))).rejects.toThrow(/expected npm to bring thing, got nothing/);
});
