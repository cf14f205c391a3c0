import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {minefield} from '../../test/in-process.ts';

const published = process.platform === 'linux' && process.arch === 'x64';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'minefield-backend-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, {recursive: true});
});

const builds = (): string[] => readdirSync(join(cache, 'minefield', 'tensorflow'));

describe.skipIf(!published)('minefield backend build tensorflow', () => {
  it('says with --dry-run what it would fetch, how large it is, and touches nothing', async () => {
    const {code, out} = await minefield('backend', 'build', 'tensorflow', '--dry-run');
    expect(out.split('\n')).toEqual([
      '   0.228 MB  npm  @tensorflow/tfjs-node 4.22.0',
      '   0.017 MB  npm  node-api-headers 1.9.0',
      '     274 MB  pip  tensorflow-cpu 2.21.0',
      '3 files, 274 MB',
      '',
    ]);
    const gpu = await minefield('backend', 'build', 'tensorflow', '--gpu', '--dry-run', '--json');
    const {root, files} = JSON.parse(gpu.out) as {root: string; files: {name: string; sha256: string}[]};
    expect(root).toBe(join(cache, 'minefield', 'tensorflow'));
    expect(files.map(({name}) => name)).toContain('nvidia-cudnn-cu12');
    for (const {sha256} of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(code).toBe(0);
    expect(readdirSync(cache)).toEqual([]);
  });

  it.each([
    [
      ['--python', 'no-python'],
      /^error: expected no-python to run, got no such command; check that no-python has pip/,
    ],
    [
      // Python is asked first; this one says yes to everything.
      ['--python', 'true', '--compiler', 'no-compiler'],
      /^error: expected no-compiler to run, got no such command; install a C\+\+ compiler/,
    ],
  ])(
    'exits with 1 before it fetches anything with %j, where there is no such command',
    async (flags, says) => {
      const {code, out, notes} = await minefield('backend', 'build', 'tensorflow', ...flags, '--json');
      expect(notes).toMatch(says);
      expect({code, out}).toEqual({code: 1, out: ''});
      expect(builds()).toEqual([]);
    },
  );

  it('leaves nothing on Ctrl-C, removes what a killed one left, and exits with 130', async () => {
    const python = join(cache, 'python');
    // Both are there, and their downloads never end.
    writeFileSync(
      python,
      `#!/bin/sh\ntest "$3" = --version && exit 0\ntouch ${cache}/begun\nexec sleep 60\n`,
    );
    const npm = join(cache, 'npm');
    writeFileSync(npm, `#!/bin/sh\ntest "$1" = --version && exit 0\ntouch ${cache}/begun\nexec sleep 60\n`);
    for (const tool of [python, npm]) chmodSync(tool, 0o755);
    const args = ['backend', 'build', 'tensorflow', '--python', python, '--compiler', 'true'];
    const start = () =>
      spawn(
        process.execPath,
        ['--conditions=@minefield/source', join(import.meta.dirname, '../main.ts'), ...args],
        {
          env: {...process.env, PATH: `${cache}:${process.env['PATH']}`},
        },
      );
    const begun = async (child: ReturnType<typeof start>): Promise<void> => {
      while (!existsSync(join(cache, 'begun')) && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      rmSync(join(cache, 'begun'));
    };
    const killed = start();
    await begun(killed);
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(builds()).toEqual([expect.stringMatching(new RegExp(`^\\.making-${killed.pid}-`))]);
    const child = start();
    let notes = '';
    child.stderr.on('data', (chunk) => (notes += String(chunk)));
    const ended = once(child, 'close');
    await begun(child);
    expect(builds()).toEqual([expect.stringMatching(new RegExp(`^\\.making-${child.pid}-`))]);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(notes).toMatch(
      /^fetching 3 files, 274 MB, to build TensorFlow in .*\nstopping; nothing is kept of what was begun/,
    );
    expect(builds()).toEqual([]);
  });
});

it('refuses a backend that is not built but installed', async () => {
  const {code, notes} = await minefield('backend', 'build', 'wasm');
  expect(notes).toMatch(/'wasm' is invalid for argument 'backend'\. Allowed choices are tensorflow/);
  expect(code).toBe(2);
});
