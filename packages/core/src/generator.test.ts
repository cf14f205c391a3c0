import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Generator, createGenerator} from './generator.ts';

const DRAWS = 100_000;

/** Largest distance between the empirical distribution and `cdf`, times √n; above 1.95 once in a thousand samples. */
function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).toSorted();
  const distance = sorted.reduce((worst, x, i) => {
    const p = cdf(x);
    return Math.max(worst, p - i / sorted.length, (i + 1) / sorted.length - p);
  }, 0);
  return distance * Math.sqrt(sorted.length);
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function moments(sample: Float64Array): {mean: number; variance: number; skewness: number; kurtosis: number} {
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
  const central = (power: number): number =>
    sample.reduce((sum, x) => sum + (x - mean) ** power, 0) / sample.length;
  const variance = central(2);
  return {mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2};
}

/** Standard normal distribution function: Abramowitz & Stegun 26.2.17, error below 7.5e-8. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x > 0 ? 1 - tail : tail;
}

function correlation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? Number.NaN), 0) / a.length;
}

function normals(generator: Generator, length = DRAWS): Float64Array {
  const out = new Float64Array(length);
  generator.fillNormalInto(out);
  return out;
}

describe('distributions', () => {
  test('uniform draws have the moments and the distribution of U(0, 1)', () => {
    const generator = createGenerator(11, 'uniform');
    const sample = Float64Array.from({length: DRAWS}, () => generator.uniform());
    const {mean, variance} = moments(sample);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / DRAWS));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / DRAWS));
    expect(kolmogorovSmirnov(sample, (x) => x)).toBeLessThan(1.95);
  });

  test('words are uniform in the low bits as in the high ones', () => {
    const generator = createGenerator(12, 'bits');
    const low = Array.from({length: 256}, () => 0);
    const high = Array.from({length: 256}, () => 0);
    for (let i = 0; i < DRAWS; i++) {
      const word = generator.uint32();
      low[word & 0xff] = (low[word & 0xff] ?? 0) + 1;
      high[word >>> 24] = (high[word >>> 24] ?? 0) + 1;
    }
    // 0.999 quantile of χ² with 255 degrees of freedom.
    expect(chiSquare(low)).toBeLessThan(330.5);
    expect(chiSquare(high)).toBeLessThan(330.5);
  });

  test.each([
    ['filled', (generator: Generator) => normals(generator)],
    ['single', (generator: Generator) => Float64Array.from({length: DRAWS}, () => generator.normal())],
  ])('%s normal draws have the moments and the distribution of N(0, 1)', (_, draw) => {
    const sample = draw(createGenerator(13, 'normal'));
    const {mean, variance, skewness, kurtosis} = moments(sample);
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(DRAWS));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / DRAWS));
    expect(Math.abs(skewness)).toBeLessThan(4 * Math.sqrt(6 / DRAWS));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / DRAWS));
    expect(kolmogorovSmirnov(sample, normalDistribution)).toBeLessThan(1.95);
  });

  test('neighbouring filled normals, the two branches of one pair, are uncorrelated, and so are their squares', () => {
    const sample = normals(createGenerator(14));
    const even = sample.filter((_, i) => i % 2 === 0);
    const odd = sample.filter((_, i) => i % 2 === 1);
    const bound = 4 / Math.sqrt(even.length);
    expect(Math.abs(correlation(even, odd))).toBeLessThan(bound);
    const squares = (values: Float64Array): Float64Array => values.map((x) => (x * x - 1) / Math.SQRT2);
    expect(Math.abs(correlation(squares(even), squares(odd)))).toBeLessThan(bound);
  });

  test('integers below a bound that does not divide 2³² are equally likely', () => {
    const generator = createGenerator(15);
    const counts = Array.from({length: 7}, () => 0);
    for (let i = 0; i < 70_000; i++) {
      const drawn = generator.integer(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(22.46); // 0.999 quantile, 6 degrees of freedom
  });

  test('a bound just above 2³¹ gives both halves of its range equally often', () => {
    // word % bound would give the lower half twice as often
    const generator = createGenerator(16);
    const bound = 2 ** 31 + 2 ** 30;
    let lower = 0;
    for (let i = 0; i < 10_000; i++) lower += Number(generator.integer(bound) < bound / 2);
    expect(Math.abs(lower / 10_000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 10_000));
  });

  test('the 24 permutations of four things are equally likely', () => {
    const generator = createGenerator(17);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = generator.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(49.73); // 0.999 quantile, 23 degrees of freedom
  });
});

describe('streams', () => {
  test('the first words of a seed are Philox of that seed and counter 0', () => {
    const generator = createGenerator(0);
    expect([0, 0, 0, 0].map(() => generator.uint32())).toEqual([
      0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
    ]);
  });

  test('draws keep their values from release to release', () => {
    const generator = createGenerator(1, 'spirals', 3);
    expect(generator.uint32()).toMatchInlineSnapshot(`675239792`);
    expect(generator.normal()).toMatchInlineSnapshot(`-1.5086024035679928`);
    expect([...normals(generator, 3)]).toMatchInlineSnapshot(`
      [
        -0.508259304317305,
        -0.8054360337986278,
        1.758690441954995,
      ]
    `);
  });

  test('a stream is named by its labels, not by how far its parent has run', () => {
    const parent = createGenerator(5);
    const before = parent.derive('noise').uint32();
    parent.permutation(100);
    expect(parent.derive('noise').uint32()).toBe(before);
    expect(createGenerator(5, 'noise').uint32()).toBe(before);
  });

  test('labels that would read alike when joined name different streams', () => {
    const first = [['ab'], ['a', 'b'], ['a,b'], [1], ['1'], ['ab', 0]].map((labels) =>
      createGenerator(5, ...labels).uint32(),
    );
    expect(new Set(first).size).toBe(first.length);
  });

  test('streams of neighbouring seeds and labels are uncorrelated', () => {
    const streams = [
      createGenerator(1),
      createGenerator(2),
      createGenerator(1, 'a'),
      createGenerator(1, 'b'),
      createGenerator(1, 'a').derive('b'),
    ].map((generator) => normals(generator, 20_000));
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(0, i))
        expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(20_000));
    }
  });

  test('seeds above 2³² differ from those with the same low word', () => {
    expect(createGenerator(2 ** 32 + 1).uint32()).not.toBe(createGenerator(1).uint32());
  });

  test('a generator made from a state goes on where the other stood', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({min: 0, max: 40}), (seed, drawn) => {
        const original = createGenerator(seed, 'resume');
        for (let i = 0; i < drawn; i++) original.uint32();
        const state = JSON.parse(JSON.stringify(original.state()));
        expect(state.position).toBe(drawn);
        const resumed = new Generator(state);
        for (let i = 0; i < 9; i++) expect(resumed.uint32()).toBe(original.uint32());
      }),
    );
  });

  test('a stream runs on past 2³² blocks without repeating its first', () => {
    const {key} = createGenerator(3).state();
    const far = new Generator({key, position: 4 * 2 ** 32});
    expect(far.uint32()).not.toBe(new Generator({key, position: 0}).uint32());
    expect(far.state().position).toBe(4 * 2 ** 32 + 1);
  });

  test('an odd number of filled normals is the start of a longer fill', () => {
    const long = normals(createGenerator(4), 1200);
    for (const length of [1, 7, 511, 513, 1025]) {
      expect(normals(createGenerator(4), length)).toEqual(long.slice(0, length));
    }
  });
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('createGenerator refuses the seed %d', (seed) => {
  expect(() => createGenerator(seed)).toThrow(/core\.createGenerator: expected a seed in 0\.\.2\^53-1/);
});

test('integer, permutation and Generator refuse arguments out of range', () => {
  const generator = createGenerator(1);
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) {
    expect(() => generator.integer(bound)).toThrow(RangeError);
  }
  for (const length of [-1, 1.5, Number.NaN]) expect(() => generator.permutation(length)).toThrow(RangeError);
  expect(() => new Generator({key: [0, -1], position: 0})).toThrow(RangeError);
  expect(() => new Generator({key: [0, 1], position: -1})).toThrow(RangeError);
});

test.each([Number.NaN, Infinity, -Infinity])(
  'refuses the label %d, which JSON does not tell from others',
  (label) => {
    expect(() => createGenerator(1, 'a', label)).toThrow(/finite numbers, got/);
    expect(() => createGenerator(1).derive(label)).toThrow(RangeError);
  },
);

test.each([undefined, null, ['a']])('refuses the label %j, which is neither text nor number', (label) => {
  expect(() => createGenerator(1).derive(label as unknown as string)).toThrow(/finite numbers, got/);
});

test.each([
  ['whole numbers, which would cut the draws off', new Int32Array(4)],
  ['plain numbers', [0, 0, 0, 0]],
])('fillNormalInto refuses arrays of %s', (_, out) => {
  expect(() => createGenerator(1).fillNormalInto(out as unknown as Float32Array)).toThrow(
    /^core\.Generator\.fillNormalInto: expected a Float32Array or Float64Array, got /,
  );
});
