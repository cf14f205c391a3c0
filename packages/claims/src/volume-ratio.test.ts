import {createGenerator} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {syntheticSweep} from '../test/synthetic-sweep.ts';
import {sweepOf} from './sweep.ts';
import {byAllRays, byLargestRay, radiiOfEnds, ratioInterval, type RadiiOfEnds} from './volume-ratio.ts';

const RAYS = 400;
const DIMENSION = 10_000;

/** Radii whose logarithms are normal, with a mean that depends on the seed. */
function seedWith(seed: number, {deviation, apart}: {deviation: number; apart: number}): RadiiOfEnds {
  const draw = (end: string, mean: number): Float64Array => {
    const generator = createGenerator(seed, end);
    return Float64Array.from({length: RAYS}, () => mean + deviation * generator.normal());
  };
  return {dimension: DIMENSION, good: draw('good', apart), bad: draw('bad', 0)};
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

describe('ratioInterval', () => {
  it('is 1.96 standard errors to either side, for a mean over the rays of one seed', () => {
    const seed = seedWith(1, {deviation: 0.1, apart: 1});
    const {least, most} = ratioInterval([seed], byAllRays);
    const standardError =
      (DIMENSION * Math.sqrt((variance(seed.good) + variance(seed.bad)) / RAYS)) / Math.LN10;
    // Of 2000 resamples, the width has a standard error of 2.2%; an interval of 90% would be narrower by 16%.
    expect(Math.abs((most - least) / (2 * 1.96 * standardError) - 1)).toBeLessThan(0.08);
    const [centre, expected] = [(most + least) / 2, DIMENSION / Math.LN10];
    expect(Math.abs(centre - expected)).toBeLessThan(3 * standardError);
  });

  it('spans the seeds, where they lie farther apart than rays do', () => {
    const seeds = [1, 2, 3].map((apart) => seedWith(apart, {deviation: 1e-6, apart}));
    const {least, most} = ratioInterval(seeds, byAllRays);
    expect(least).toBeCloseTo(DIMENSION / Math.LN10, -1);
    expect(most).toBeCloseTo((3 * DIMENSION) / Math.LN10, -1);
  });

  it('is wide for a mean that the largest ray carries', () => {
    const seeds = [seedWith(1, {deviation: 0.1, apart: 1})];
    const [all, largest] = [byAllRays, byLargestRay].map((read) => ratioInterval(seeds, read));
    const width = (interval = all): number => (interval ? interval.most - interval.least : Number.NaN);
    expect(width(largest)).toBeGreaterThan(3 * width(all));
  });

  it('has the same bits each time', () => {
    const seeds = [seedWith(1, {deviation: 0.1, apart: 1})];
    expect(ratioInterval(seeds, byAllRays)).toEqual(ratioInterval(seeds, byAllRays));
  });
});

describe('radiiOfEnds', () => {
  const cutoff = {kind: 'loss', value: 0.5} as const;
  const {experiment, records} = syntheticSweep();
  const withRadii = (radii: (number | null)[]) =>
    records.map((record) =>
      record.kind === 'analysis' && record.analysis === 'basin'
        ? {...record, data: {...record.data, cutoffs: record.data.cutoffs.map((one) => ({...one, radii}))}}
        : record,
    );

  it('has the logarithms of both ends, seed by seed', () => {
    const found = radiiOfEnds(sweepOf(experiment, withRadii([1, Math.E])), cutoff);
    expect(found).toHaveLength(3);
    expect(found?.[0]).toMatchObject({dimension: 3457, good: Float64Array.of(0, 1)});
  });

  it.each([
    ['a censored ray', withRadii([1, null])],
    ['no radii', withRadii([])],
    [
      'ends of other dimensions',
      withRadii([1]).map((record) =>
        record.kind === 'analysis' && record.analysis === 'basin' && record.poisonFactor > 0
          ? {...record, data: {...record.data, dimension: record.data.dimension - 1}}
          : record,
      ),
    ],
    ['a missing record', withRadii([1]).filter((record) => !('analysis' in record) || record.seed !== 2)],
  ])('has nothing with %s', (_, damaged) => {
    expect(radiiOfEnds(sweepOf(experiment, damaged), cutoff)).toBeNull();
  });
});
