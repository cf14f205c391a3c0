import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {hide} from '../test/hidden-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-no-queue-'));
afterAll(() => rmSync(folder, {recursive: true}));

const MAIN = join(import.meta.dirname, 'main.ts');

function minefield(hidden: readonly string[], line: string): {code: number | null; notes: string} {
  const {status, stderr} = spawnSync(
    process.execPath,
    ['--import', hide(hidden, folder), '--conditions=@minefield/source', MAIN, ...line.split(' ')],
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
])('minefield $line without $missing says what to install, in one sentence', ({hidden, line, missing}) => {
  const {code, notes} = minefield(hidden, line);
  expect(notes).toMatch(
    new RegExp(
      `^error: --queue needs bullmq and ioredis, and ${missing} is not installed; .*npm install bullmq ioredis, or pnpm add --allow-build=msgpackr-extract bullmq ioredis\n$`,
    ),
  );
  expect(code).toBe(2);
});

it('commands without --queue need neither', () => {
  const {code, notes} = minefield(['bullmq', 'ioredis'], 'volume --objective ball --directions 10');
  expect({code, notes}).toEqual({code: 0, notes: ''});
});
