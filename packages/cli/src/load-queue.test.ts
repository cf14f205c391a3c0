import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, expect, it} from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'minefield-no-queue-'));
afterAll(() => rmSync(folder, {recursive: true}));

const MAIN = join(import.meta.dirname, 'main.ts');

/** Looks for some packages from a folder that has none, so that Node itself says that they are not there. */
const hide = (names: readonly string[]): string =>
  `data:text/javascript,${encodeURIComponent(`
    import {registerHooks} from 'node:module';
    registerHooks({
      resolve: (name, context, next) => next(name, ${JSON.stringify(names)}.includes(name)
        ? {...context, parentURL: ${JSON.stringify(pathToFileURL(join(folder, 'any.js')).href)}}
        : context),
    });
  `)}`;

function minefield(hidden: readonly string[], line: string): {code: number | null; notes: string} {
  const {status, stderr} = spawnSync(
    process.execPath,
    ['--import', hide(hidden), '--conditions=@minefield/source', MAIN, ...line.split(' ')],
    {cwd: folder, encoding: 'utf8'},
  );
  return {code: status, notes: stderr};
}

it.each([
  {hidden: ['bullmq'], line: 'status --queue redis://127.0.0.1:1', missing: 'bullmq'},
  {hidden: ['ioredis'], line: 'worker --queue redis://127.0.0.1:1', missing: 'ioredis'},
  {
    hidden: ['bullmq', 'ioredis'],
    line: 'run toy --out records --queue redis://127.0.0.1:1',
    missing: '(bullmq|ioredis)',
  },
])(
  'minefield $line without $missing says what to install, in one sentence',
  {timeout: 60_000},
  ({hidden, line, missing}) => {
    const {code, notes} = minefield(hidden, line);
    expect(notes).toMatch(
      new RegExp(
        `^error: --queue needs bullmq and ioredis, and ${missing} is not installed; .*npm install bullmq ioredis, or pnpm add --allow-build=msgpackr-extract bullmq ioredis\n$`,
      ),
    );
    expect(code).toBe(2);
  },
);

it('commands without --queue need neither', {timeout: 60_000}, () => {
  const {code, notes} = minefield(['bullmq', 'ioredis'], 'volume --objective ball --directions 10');
  expect({code, notes}).toEqual({code: 0, notes: ''});
});
