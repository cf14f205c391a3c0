import {expect, it} from 'vitest';
import {inputFolders} from './folders.ts';

it('reads the repository’s own results unless told otherwise', () => {
  expect(inputFolders({}, '/elsewhere', '/repository/site')).toEqual({
    results: '/repository/results',
    benchmarks: '/repository/bench/results',
  });
});

it('takes a relative setting from the working directory and an absolute one as it is', () => {
  const env = {MINEFIELD_RESULTS: '../results-local', MINEFIELD_BENCH_RESULTS: '/data/bench'};
  expect(inputFolders(env, '/repository/site', '/repository/site')).toEqual({
    results: '/repository/results-local',
    benchmarks: '/data/bench',
  });
});
