import {describe, expect, it} from 'vitest';
import {at} from '@minefield/core';
import {houseNumbersProfiles, morePicturesProfiles} from '@minefield/spec';
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

  it('counts the pictures that a linear classifier is asked about, and the pixels of each', () => {
    const {analyses, dataset, initialization, model, recipe} = houseNumbersProfiles.cpu;
    if (analyses.linear === undefined) throw new Error('the experiment fits linear classifiers');
    const {linear} = analyses;
    const run = {dataset, model, initialization, recipe};
    const costOf = (spec: typeof run): number =>
      estimatedCost(
        analysisJob(
          runJob({experiment: 'house-numbers', seed: 1, poisonFactor: 0, dataset: 'f', ...portable}, spec),
          'linear',
          linear,
        ),
      );
    const asked = {...dataset, test: dataset.test + 1000};
    const more = costOf({...run, dataset: asked}) - costOf(run);
    // Random features are drawn of each picture; where there are none, it is held against every training picture.
    const vectors = linear.features.map((map) => ('count' in map ? map.count : dataset.train));
    const products = 1000 * 32 * 32 * 3 * vectors.reduce((sum, count) => sum + count, 0);
    expect(more).toBeCloseTo(1.5e-10 * products, 6);
  });
});
