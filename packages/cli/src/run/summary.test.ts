import type {FailedJob, RunSummary} from '@minefield/experiments';
import {expect, it} from 'vitest';
import {exitCode} from './summary.ts';

const summary: RunSummary = {
  experiment: 'toy',
  profile: 'quick',
  jobs: 3,
  reused: 0,
  done: 2,
  diverged: 0,
  nothingToMeasure: 0,
  failed: [],
  interrupted: false,
  seconds: 1,
};
const failed = [{error: 'the disk is full'} as FailedJob];

it.each<[end: string, code: number, changes: Partial<RunSummary>]>([
  ['has all its jobs done', 0, {}],
  ['has runs that diverged', 0, {diverged: 1, nothingToMeasure: 1}],
  ['has a job that failed', 1, {failed}],
  ['was interrupted', 130, {interrupted: true}],
  ['was interrupted after a job failed', 130, {failed, interrupted: true}],
])('a sweep that %s exits with %i', (_, code, changes) => {
  expect(exitCode({...summary, ...changes})).toBe(code);
});
