import {expect, it} from 'vitest';
import {inputFolders, siteAddress} from './folders.ts';

it('reads the repository’s own results unless told otherwise', () => {
  expect(inputFolders({}, '/elsewhere', '/repository/site')).toEqual({
    results: '/repository/results',
    benchmarks: '/repository/bench/results',
    repository: '/repository',
  });
});

it('takes a relative setting from the working directory and an absolute one as it is', () => {
  const env = {MINEFIELD_RESULTS: '../results-local', MINEFIELD_BENCH_RESULTS: '/data/bench'};
  expect(inputFolders(env, '/repository/site', '/repository/site')).toEqual({
    results: '/repository/results-local',
    benchmarks: '/data/bench',
    repository: '/repository',
  });
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
