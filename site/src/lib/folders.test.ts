import {resolve} from 'node:path';
import {expect, it} from 'vitest';
import {inputFolders, siteAddress} from './folders.ts';

it('reads the repository’s own results unless told otherwise', () => {
  expect(inputFolders({}, '/elsewhere', '/repository/site')).toEqual({
    results: '/repository/results',
    benchmarks: '/repository/bench/results',
    repository: '/repository',
  });
});

it('takes a relative setting from where the command was given, and an absolute one as it is', () => {
  const benchmarks = import.meta.dirname;
  const env = {MINEFIELD_RESULTS: '../components', MINEFIELD_BENCH_RESULTS: benchmarks};
  expect(inputFolders(env, benchmarks, '/repository/site')).toEqual({
    results: resolve(benchmarks, '../components'),
    benchmarks,
    repository: '/repository',
  });
});

it('refuses a folder that is not there, for a site without results would be made of it', () => {
  expect(() => inputFolders({MINEFIELD_RESULTS: 'reslts'}, '/elsewhere', '/repository/site')).toThrow(
    'MINEFIELD_RESULTS: expected a folder that is there, got /elsewhere/reslts; correct it, or make it',
  );
});

it('takes the address of the site with or without its final slash, and refuses what is none', () => {
  expect(siteAddress({})).toBeUndefined();
  expect(siteAddress({MINEFIELD_SITE: 'https://example.org/minefield'})).toBe(
    'https://example.org/minefield/',
  );
  expect(siteAddress({MINEFIELD_SITE: 'https://example.org'})).toBe('https://example.org/');
  for (const wrong of ['example.org', 'ftp://example.org/', 'https://example.org/?a'])
    expect(() => siteAddress({MINEFIELD_SITE: wrong})).toThrow(/MINEFIELD_SITE: expected an address/);
});
