import {describe, expect, it} from 'vitest';
import {type RunJob, analysisJob, runJob} from '../jobs/job.ts';
import {ProgressMeter} from './progress.ts';
import {toyProfiles} from '@minefield/spec';
import {portable} from '../testing/portable.ts';

const {dataset, model, initialization, recipe, analyses} = toyProfiles.quick;
const runs = [1, 2].map((seed): RunJob =>
  runJob(
    {experiment: 'toy', seed, poisonFactor: 0, dataset: 'f', ...portable},
    {dataset, model, initialization, recipe},
  ),
);

describe('ProgressMeter', () => {
  it('knows the time left from the share of work done, not from the count of jobs', () => {
    let now = 0;
    const [first, second] = runs as [RunJob, RunJob];
    const margin = analyses.margin;
    if (margin === undefined) throw new Error('the toy measures margins');
    const meter = new ProgressMeter([first, second, analysisJob(first, 'margin', margin)], 5, () => now);
    expect(meter.read()).toEqual({
      done: 5,
      total: 8,
      fraction: 0,
      jobsPerMinute: null,
      secondsLeft: null,
      elapsedSeconds: 0,
    });
    now = 1000;
    const task = {kind: 'train', jobs: [first, second]} as const;
    meter.report(task, 0);
    now = 30_000;
    meter.report(task, 0.5);
    const half = meter.read();
    expect(half.done).toBe(5);
    expect(half.secondsLeft).toBeCloseTo((30 * (1 - half.fraction)) / half.fraction, 9);
    meter.settle(task.jobs, task);
    const trained = meter.read();
    expect(trained.done).toBe(7);
    expect(trained.jobsPerMinute).toBe(4);
    expect(trained.fraction).toBeGreaterThan(half.fraction);
    expect(trained.fraction).toBeLessThan(1);
  });

  it('takes what an earlier call had trained for no work of this one', () => {
    let now = 0;
    const meter = new ProgressMeter(runs, 0, () => now);
    const task = {kind: 'train', jobs: runs} as const;
    now = 1000;
    meter.report(task, 0.5);
    expect(meter.read()).toMatchObject({fraction: 0.5, secondsLeft: null});
    now = 10_000;
    meter.report(task, 0.6);
    // A tenth in ten seconds, and four tenths to go.
    expect(meter.read().secondsLeft).toBeCloseTo(40, 9);
    now = 50_000;
    meter.settle(task.jobs, task);
    expect(meter.read()).toMatchObject({fraction: 1, secondsLeft: 0});
  });

  it('is complete when there was nothing to do', () => {
    expect(new ProgressMeter([], 3).read()).toMatchObject({done: 3, total: 3, fraction: 1});
  });
});
