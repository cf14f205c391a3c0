import {describe, expect, it} from 'vitest';
import {at} from '@minefield/core';
import {morePicturesProfiles} from '@minefield/spec';
import {portable} from '../testing/portable.ts';
import {estimatedCost} from './cost.ts';
import {analysisJob, runJob} from './job.ts';

describe('estimatedCost', () => {
  it('counts the examples that an alternative is trained and measured on, not those of its run', () => {
    const {analyses, dataset, initialization, model, recipe} = morePicturesProfiles.cpu;
    if (analyses.alternatives === undefined) throw new Error('the experiment trains alternatives');
    const {networks, ...measured} = analyses.alternatives;
    const run = runJob(
      {experiment: 'more-pictures', seed: 1, poisonFactor: 0, dataset: 'f', ...portable},
      {dataset, model, initialization, recipe},
    );
    const costs = networks.map((network) =>
      estimatedCost(analysisJob(run, 'alternatives', {...measured, ...network})),
    );
    expect(at(costs, 0)).toBeLessThan(at(costs, 1));
    expect(at(costs, 1)).toBeLessThan(at(costs, 2));
    // All in batches of 128, and from 1,000 pictures on measured on the first 1,000.
    expect(new Set(costs.slice(2)).size).toBe(1);
  });
});
