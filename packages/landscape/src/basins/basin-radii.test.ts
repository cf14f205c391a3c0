import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {onTheLine, origin} from '../../test/on-the-line.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {rawCoordinates} from '../directions/coordinates.ts';
import {sphericalRays} from '../directions/rays.ts';
import type {BasinRadiiOptions, MeasuredRay} from './basin-radii-options.ts';
import {basinRadii} from './basin-radii.ts';
import {estimateVolume} from './estimate-volume.ts';
import {mergeRadii} from './merge-radii.ts';
import {scanDistances, scanNear} from './scan-distances.ts';

const base: BasinRadiiOptions = {
  cutoffs: [{kind: 'loss', value: 1}],
  maximum: 10,
  directions: 2,
  tolerance: 1e-6,
};

describe('basinRadii', () => {
  const bowl = quadraticBowl([1, 4, 9, 16, 0.25]);
  const family = sphericalRays(rawCoordinates(5), {generator: createGenerator(1)});

  it('finds the radii of a quadratic bowl for several cutoffs in one search, to the tolerance', async () => {
    const cutoffs = [0.5, 0.1, 2].map((value) => ({kind: 'loss', value}) as const);
    const found = await basinRadii(bowl, bowl.minimum, family, {cutoffs, maximum: 20, directions: 100});
    expect(found).toMatchObject({dimension: 5, tolerance: 0.02, anchorLoss: 0, directions: 100});
    expect(found.toleranceReached).toBeLessThanOrEqual(0.02);
    const ray = new Float32Array(5);
    for (const {threshold, radii, censored} of found.cutoffs) {
      expect(censored).toBe(0);
      radii.forEach((radius, i) => {
        family.fillInto(ray, i);
        const [curvature = 0] = [
          [1, 4, 9, 16, 0.25].reduce((sum, h, j) => sum + (h * (ray[j] ?? 0) ** 2) / 2, 0),
        ];
        // The chord within the bracket is far nearer than the bracket is wide.
        expect(Math.abs(radius / Math.sqrt(threshold / curvature) - 1)).toBeLessThan(1e-4);
      });
    }
  });

  it('gives the first crossing when the loss is not monotone', async () => {
    // Above 1 between 2 and 3, then low again until 7.
    const {objective, rays} = onTheLine((x) =>
      Math.abs(x) < 5 ? 0.5 * Math.abs(x) * (x * x > 9 ? 0.1 : 1) : (x * x) / 49,
    );
    const {cutoffs} = await basinRadii(objective, origin, rays, base);
    expect(cutoffs[0]?.radii[0]).toBeCloseTo(2, 5);
  });

  it('does not return twice the radius when the first scanned point is already outside', async () => {
    const {objective, rays} = onTheLine((x) => x * x);
    const {cutoffs} = await basinRadii(objective, origin, rays, {...base, scan: [4, 10]});
    expect(cutoffs[0]?.radii[0]).toBeCloseTo(1, 5);
  });

  it('keeps and counts the rays that never cross', async () => {
    const {objective, rays} = onTheLine((x) => (x > 0 ? x : 0));
    const {cutoffs} = await basinRadii(objective, origin, rays, {...base, directions: 7});
    expect(cutoffs[0]?.censored).toBe(3);
    expect(cutoffs[0]?.radii).toHaveLength(7);
    expect(cutoffs[0]?.radii[1]).toBe(Infinity);
  });

  it('counts NaN from an overflow as outside, and says how many rays have no crossing for it', async () => {
    const cutoffs = [0.5, 1].map((value) => ({kind: 'loss', value}) as const);
    // Along +1: below both cutoffs up to 3, then no number; along −1: a crossing of the first at 2, then the same.
    const {objective, rays} = onTheLine((x) => (Math.abs(x) > 3 ? Number.NaN : x < -2 ? 0.7 : 0.1));
    const found = await basinRadii(objective, origin, rays, {...base, cutoffs, directions: 7});
    expect(found.cutoffs.map(({undefinedRays}) => undefinedRays)).toEqual([4, 7]);
    expect(found.cutoffs.map(({radii}) => radii[0])).toEqual([expect.closeTo(3, 4), expect.closeTo(3, 4)]);
    expect(found.cutoffs.map(({radii}) => radii[1])).toEqual([expect.closeTo(2, 4), expect.closeTo(3, 4)]);
    const estimate = {dimension: 1, tolerance: 1e-6};
    const radii = new Float64Array(400).fill(3);
    expect(estimateVolume(radii, estimate).relative.verdict).toBe('reliable');
    expect(estimateVolume(radii, {...estimate, undefinedRays: 1}).relative).toMatchObject({
      verdict: 'lower bound',
      reason: '1 of 400 directions ended in a loss that is no number',
    });
  });

  it('takes Infinity, and NaN beyond a crossing, for what they are: the radius has the same bits', async () => {
    const rising = (x: number): number => x * x;
    const beyond = [2, Infinity, Number.NaN].map((far) => (x: number) => (Math.abs(x) < 1.3 ? x * x : far));
    const [plain, ...overflowing] = await Promise.all(
      [rising, ...beyond].map(async (f) => {
        const {objective, rays} = onTheLine(f);
        return (await basinRadii(objective, origin, rays, base)).cutoffs[0];
      }),
    );
    expect(plain?.undefinedRays).toBe(0);
    for (const found of overflowing) expect(found).toEqual(plain);
  });

  it('merges the counts of rays without a crossing', async () => {
    const {objective, rays} = onTheLine((x) => (Math.abs(x) > 3 ? Number.NaN : 0.1));
    const parts = await Promise.all(
      [0, 3].map((from) => basinRadii(objective, origin, rays, {...base, from, directions: 3})),
    );
    expect(mergeRadii(parts)).toEqual(await basinRadii(objective, origin, rays, {...base, directions: 6}));
    expect(mergeRadii(parts).cutoffs[0]?.undefinedRays).toBe(6);
  });

  it('refuses an objective that is NaN between finite losses, or everywhere but at the anchor', async () => {
    const holes: readonly ((x: number) => number)[] = [
      // Met by the scan, and by the search within its bracket.
      (x) => (Math.abs(x) > 3 && Math.abs(x) < 4 ? Number.NaN : x * x * 1e-3),
      (x) => (Math.abs(x) > 0.8 && Math.abs(x) < 0.95 ? Number.NaN : x * x),
    ];
    for (const f of holes) {
      const {objective, rays} = onTheLine(f);
      await expect(basinRadii(objective, origin, rays, {...base, scan: [0.3, 1.2, 3.5, 10]})).rejects.toThrow(
        /expected a number between the anchor and the finite loss at [\d.]+, got NaN at distance [\d.]+ along ray [01]; correct/,
      );
    }
    const {objective, rays} = onTheLine((x) => (x === 0 ? 0 : Number.NaN));
    await expect(basinRadii(objective, origin, rays, base)).rejects.toThrow(
      /expected a loss that is a number somewhere, got NaN .* along ray [01]/,
    );
  });

  it('refuses a loss of −Infinity instead of taking it for a basin without end', async () => {
    const {objective, rays} = onTheLine((x) => (Math.abs(x) > 3 ? -Infinity : 0.1));
    await expect(basinRadii(objective, origin, rays, {...base, from: 5})).rejects.toThrow(
      /expected a loss that is finite, or Infinity, got -Infinity at distance 3\.\d+ along ray 5; correct/,
    );
  });

  it('measures an excess from the anchor’s loss, and marks a cutoff below it as inapplicable', async () => {
    const {objective, rays} = onTheLine((x) => 0.75 + x * x);
    const cutoffs = [
      {kind: 'loss', value: 0.5},
      {kind: 'excess', value: 0.5},
      {kind: 'loss', value: 0.75},
    ] as const;
    const found = await basinRadii(objective, origin, rays, {...base, cutoffs});
    expect(found.anchorLoss).toBe(0.75);
    expect(found.cutoffs.map(({applicable}) => applicable)).toEqual([false, true, false]);
    expect(found.cutoffs[0]?.radii).toHaveLength(0);
    expect(found.cutoffs[1]?.threshold).toBe(1.25);
    expect(found.cutoffs[1]?.radii[0]).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it('needs few evaluations, and only exact ones: beyond the limit any larger number will do', async () => {
    const {objective, rays} = onTheLine((x) => Math.exp(x * x) - 1);
    let evaluations = 0;
    const lazy: Objective = {
      ...objective,
      lossAlong: async (anchor, rows, distances, options = {}) => {
        evaluations += distances.length;
        const {limit = Infinity} = options;
        const losses = await objective.lossAlong?.(anchor, rows, distances, options);
        // A partial sum: some number above the limit.
        return (losses ?? distances).map((loss) => (loss > limit ? limit * 1.0001 : loss));
      },
    };
    const cutoffs = [0.25, 0.5, 1].map((value) => ({kind: 'loss', value}) as const);
    const settings = {...base, cutoffs, scan: scanNear([0.8], {maximum: 10, points: 8})};
    // A scan point far outside must count for no more than that, or the bits would depend on the lazy part.
    const coarse = {...settings, scan: [0.5, 1.3, 10]};
    expect(await basinRadii(lazy, origin, rays, coarse)).toEqual(
      await basinRadii(objective, origin, rays, coarse),
    );
    evaluations = 0;
    const found = await basinRadii(lazy, origin, rays, settings);
    found.cutoffs.forEach(({radii, threshold}) =>
      expect(radii[1]).toBeCloseTo(Math.sqrt(Math.log1p(threshold)), 5),
    );
    // Eight to scan, and at most five for each crossing; bisection would take seventeen each.
    expect(evaluations / 2).toBeLessThanOrEqual(8 + 3 * 5);
    expect(found.evaluations).toBe(evaluations + 1);
  });

  it('gives radii that never fall as the cutoff rises, even where the loss wiggles within one scan interval', async () => {
    const {objective, rays} = onTheLine((x) => Math.abs(x) + 0.6 * Math.sin(40 * x) ** 2);
    const values = Array.from({length: 30}, (_, i) => 0.2 + i * 0.05);
    const {cutoffs} = await basinRadii(objective, origin, rays, {
      ...base,
      cutoffs: values.map((value) => ({kind: 'loss', value})),
      scan: [1, 2.5, 10],
    });
    for (let i = 1; i < values.length; i++) {
      expect(cutoffs[i]?.radii[0]).toBeGreaterThanOrEqual(cutoffs[i - 1]?.radii[0] ?? Infinity);
    }
  });

  const options: BasinRadiiOptions = {
    cutoffs: [
      {kind: 'loss', value: 0.5},
      {kind: 'excess', value: 2},
    ],
    maximum: 3,
    directions: 41,
  };

  it.each([2, 3, 4, 8, 20, 80])(
    'finds every radius where |x|^%i passes several cutoffs within one scan interval',
    async (power) => {
      const {objective, rays} = onTheLine((x) => 0.05 + Math.abs(x) ** power);
      const values = [0.25, 0.5, 0.55, 1];
      const cutoffs = values.map((value) => ({kind: 'loss', value}) as const);
      for (const scan of [[0.4, 1.5, 10], [10], [0.7, 0.95, 10], scanDistances({maximum: 10})]) {
        const found = await basinRadii(objective, origin, rays, {...base, cutoffs, scan});
        const radii = found.cutoffs.map((cutoff) => cutoff.radii[0] ?? Number.NaN);
        for (const [i, value] of values.entries()) {
          expect(radii[i]).toBeCloseTo((value - 0.05) ** (1 / power), 5);
        }
      }
    },
  );

  it('gives a ray the same bits whichever other rays are measured with it, in any number of parts', async () => {
    const whole = await basinRadii(bowl, bowl.minimum, family, options);
    const alone = await basinRadii({...bowl, preferredBatch: 1}, bowl.minimum, family, options);
    expect(alone).toEqual(whole);
    const parts = await Promise.all(
      [
        [24, 17],
        [0, 9],
        [9, 15],
      ].map(([from = 0, directions = 0]) =>
        basinRadii(bowl, bowl.minimum, family, {...options, from, directions}),
      ),
    );
    expect(mergeRadii(parts)).toEqual(whole);
    expect(() => mergeRadii(parts.slice(0, 2))).toThrow(/begins with ray 9, got 24/);
    expect(() => mergeRadii([])).toThrow(RangeError);
    // Without lossAlong the points are rounded to float32 first.
    const {lossAlong: _, ...plain} = bowl;
    const rounded = await basinRadii(plain, bowl.minimum, family, options);
    rounded.cutoffs[0]?.radii.forEach((radius, i) =>
      expect(radius).toBeCloseTo(whole.cutoffs[0]?.radii[i] ?? 0, 4),
    );
  });

  it('hands over every ray with the profile that was scanned', async () => {
    const measured: MeasuredRay[] = [];
    const found = await basinRadii(bowl, bowl.minimum, family, {
      ...options,
      onRay: (ray) => measured.push(ray),
    });
    expect(measured.map(({index}) => index).toSorted((a, b) => a - b)).toEqual(
      Array.from({length: 41}, (_, i) => i),
    );
    for (const {index, radii, distances, losses} of measured) {
      expect(Array.from(radii)).toEqual(found.cutoffs.map((cutoff) => cutoff.radii[index]));
      expect(distances).toHaveLength(losses.length);
      const outside = losses.findIndex((loss) => loss >= 0.5);
      expect(distances[outside]).toBeGreaterThan(radii[0] ?? Infinity);
      expect(distances[outside - 1]).toBeLessThan(radii[0] ?? 0);
    }
  });

  it('reports progress and stops when asked', async () => {
    const controller = new AbortController();
    const progress: number[] = [];
    const search = basinRadii({...bowl, preferredBatch: 8}, bowl.minimum, family, {
      ...options,
      signal: controller.signal,
      onProgress: (done, total) => {
        progress.push(done);
        expect(total).toBe(41);
        if (done >= 20) controller.abort(new Error('enough'));
      },
    });
    await expect(search).rejects.toThrow('enough');
    expect(progress.at(-1)).toBeLessThan(41);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('refuses what it cannot measure', async () => {
    const attempt = (change: Partial<BasinRadiiOptions>, anchor = bowl.minimum): Promise<unknown> =>
      basinRadii(bowl, anchor, family, {...options, ...change});
    await expect(attempt({directions: 0})).rejects.toThrow(/directions >= 1/);
    await expect(attempt({cutoffs: []})).rejects.toThrow(/at least one cutoff/);
    await expect(attempt({cutoffs: [{kind: 'excess', value: 0}]})).rejects.toThrow(/cutoff > 0/);
    await expect(attempt({cutoffs: [{kind: 'loss', value: Number.NaN}]})).rejects.toThrow(/finite cutoff/);
    await expect(attempt({tolerance: 0})).rejects.toThrow(/tolerance/);
    await expect(attempt({maximum: Infinity})).rejects.toThrow(RangeError);
    await expect(attempt({scan: [1, 1, 3]})).rejects.toThrow(/rise/);
    await expect(attempt({scan: [1, 2]})).rejects.toThrow(/ends at the maximum 3, got 2/);
    const idle = basinRadii({...bowl, preferredBatch: 0}, bowl.minimum, family, options);
    await expect(idle).rejects.toThrow(/preferredBatch >= 1, got 0/);
    await expect(attempt({}, Float32Array.of(1))).rejects.toThrow(/anchor of 5 numbers, got 1/);
    await expect(attempt({}, new Float32Array(5).fill(Number.NaN))).rejects.toThrow(
      /finite loss at the anchor/,
    );
  });
});
