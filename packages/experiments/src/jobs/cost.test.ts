import {describe, expect, it} from 'vitest';
import {at} from '@minefield/core';
import {morePicturesProfiles} from '@minefield/spec';
import {portable} from '../testing/portable.ts';
import {estimatedCost} from './cost.ts';
import {expandSpec} from './expand.ts';
import {kindOf} from './job.ts';

describe('estimatedCost', () => {
  it('counts the examples that an alternative is trained and measured on, not those of its run', () => {
    const costs = expandSpec({...morePicturesProfiles.cpu, seeds: [1]}, portable)
      .filter((job) => kindOf(job) === 'alternatives')
      .map(estimatedCost);
    expect(costs).toHaveLength(7);
    expect(at(costs, 0)).toBeLessThan(at(costs, 1));
    expect(at(costs, 1)).toBeLessThan(at(costs, 2));
    // All in batches of 128, and from 1,000 pictures on measured on the first 1,000.
    expect(new Set(costs.slice(2)).size).toBe(1);
  });
});
