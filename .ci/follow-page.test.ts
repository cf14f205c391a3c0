import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {abridged, followPage, lines} from './follow-page.ts';

const fence = (info: string, ...text: string[]): string => ['```' + info, ...text, '```', ''].join('\n');

describe.skipIf(process.platform === 'win32')('a page that is followed', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'minefield-page-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  it('has its files written and its commands run in one shell, each output beside what it says', async () => {
    const page = [
      fence('sh', 'echo before', 'word=kept'),
      fence('ts say.ts', 'console.log(process.argv[2]);'),
      fence('sh', 'node say.ts $word'),
      fence('text', 'kept'),
    ].join('\n');
    expect(await followPage(page, folder)).toEqual([{said: 'kept\n', printed: 'kept\n'}]);
  });

  it('fails with what a command said, and where a block is neither file, command nor output', async () => {
    await expect(followPage(fence('sh', 'echo no >&2; false'), folder)).rejects.toThrow(/failed \(1\):\nno/);
    const other = mkdtempSync(join(folder, 'other-'));
    await expect(followPage(fence('ts', 'let a = 1;'), other)).rejects.toThrow(/expected a file's name/);
  });

  it('ends what its commands left running, and does not wait for it', async () => {
    expect(await followPage(fence('sh', 'sleep 3600 &'), folder)).toEqual([]);
  });
});

it.each([
  ['a…c', 'abc', true],
  ['a…c', 'abd', false],
  ['one\n…\nfour', 'one\ntwo\nthree\nfour', true],
  ['one\n…', 'one\ntwo', true],
  ['one\n…\nfour', 'one\ntwo', false],
  ['one', 'one\ntwo', false],
  ['at  1…', 'at      12', true],
  ['1 + 1 (2)', '1 + 1 (2)', true],
])('%j stands for %j: %s', (said, printed, right) => {
  const found = abridged({said, printed});
  if (right) expect(found).toEqual(lines(said));
  else expect(found).not.toEqual(lines(said));
});
