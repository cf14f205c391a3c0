import {createHash} from 'node:crypto';
import {copyFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {sharedSvhn} from '../test/shared-svhn.ts';
import {loadSvhn} from './load-svhn.ts';
import type * as officialFilesModule from './official-files.ts';
import {readSvhnFile} from './read-svhn-file.ts';

function fixture(name: string): string {
  return join(import.meta.dirname, '../test/fixtures', name);
}

function digest(algorithm: string, path: string): string {
  return createHash(algorithm).update(readFileSync(path)).digest('hex');
}

// A fixture stands for the official training file: the real one is 182 MB.
vi.mock('./official-files.ts', async (original) => {
  const module = await original<typeof officialFilesModule>();
  const md5 = digest('md5', fixture('colour.mat'));
  return {
    ...module,
    officialFiles: module.officialFiles.map((file) => (file.part === 'train' ? {...file, md5} : file)),
  };
});

const folder = mkdtempSync(join(tmpdir(), 'minefield-svhn-'));
afterAll(() => rmSync(folder, {recursive: true}));

describe('loadSvhn', () => {
  it('tells an official file by its digest, whatever its name', async () => {
    const path = fixture('colour.mat');
    expect(await loadSvhn(path, {first: 2})).toEqual({
      ...(await readSvhnFile(path, {first: 2})),
      label: 'official',
      part: 'train',
      name: 'SVHN train',
      md5: digest('md5', path),
      sha256: digest('sha256', path),
    });
  });

  it.each([
    ['grey-labels-first.mat', 'SVHN-derived (grey)'],
    ['plain.mat', 'SVHN-derived (colour)'],
  ])('takes %s only where unofficial files are allowed, and labels it', async (name, called) => {
    const path = fixture(name);
    await expect(loadSvhn(path)).rejects.toThrow(
      /expected a file of SVHN in .*, got another, of MD5 [0-9a-f]{32}; choose one, or allow this one with allowUnofficial/,
    );
    expect(await loadSvhn(path, {allowUnofficial: true})).toMatchObject({
      label: 'unofficial',
      part: null,
      name: called,
      sha256: digest('sha256', path),
    });
  });

  it('says of a file with an official name that it is another', async () => {
    const path = join(folder, 'test_32x32.mat');
    copyFileSync(fixture('plain.mat'), path);
    await expect(loadSvhn(path)).rejects.toThrow(
      /expected MD5 eb5a983be6a315427106f1b164d9cef3 in .*, got [0-9a-f]{32}; fetch it again/,
    );
  });

  it('says what is wrong with a file before it asks whose it is', async () => {
    await expect(loadSvhn(fixture('version-4.mat'))).rejects.toThrow(/got a MATLAB 4 file/);
  });
});

const grey = sharedSvhn('grey19840_32x32.mat');
describe.skipIf(grey === null)('a real file of grey digits', () => {
  it('is SVHN-derived', async () => {
    expect(await loadSvhn(grey ?? '', {first: 50, allowUnofficial: true})).toMatchObject({
      name: 'SVHN-derived (grey)',
      channels: 1,
      size: 50,
      available: 19_840,
    });
  });
});

it('refuses options that it does not have', async () => {
  await expect(loadSvhn(fixture('colour.mat'), {allowUnoficial: true} as object)).rejects.toThrow(
    /^svhn\.loadSvhn: expected options among .*, got "allowUnoficial"; did you mean "allowUnofficial"/,
  );
});
