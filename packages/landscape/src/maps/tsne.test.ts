import {createGenerator, InputError} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {tsneCases} from '../../test/sklearn-fixture.ts';
import {PERPLEXITY_TOLERANCE, jointProbabilities, squaredDistances} from './joint-probabilities.ts';
import {mapDivergence, mapGradientInto} from './map-divergence.ts';
import {tsne, type TsneOptions} from './tsne.ts';

const generator = createGenerator(1);

/** The largest difference between two lists. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, k) => Math.abs(value - (b[k] ?? Number.NaN))));
}

describe.each(tsneCases)('of $name', ({dimension, perplexity, points, joint, at, ...expected}) => {
  const count = points.length / dimension;
  const ours = jointProbabilities(squaredDistances(points, dimension), count, perplexity);

  it('joint probabilities are scikit-learn’s, and those of all pairs sum to ½', () => {
    expect(apart(ours, joint)).toBeLessThan(1e-6);
    // Each to the 1e-5 of scikit-learn's own bisection, wherever it is no zero of float32.
    const ratios = joint.flatMap((value, k) => (value > 1e-6 ? [(ours[k] ?? 0) / value] : []));
    expect(ratios.length).toBeGreaterThan(count);
    expect(
      apart(
        ratios,
        ratios.map(() => 1),
      ),
    ).toBeLessThan(2e-4);
    expect(ours.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0.5, 14);
  });

  it('divergence and gradient at a point are scikit-learn’s of the same probabilities', () => {
    const [given, positions] = [Float64Array.from(joint), Float64Array.from(at)];
    const gradient = new Float64Array(at.length);
    mapGradientInto(gradient, given, positions);
    expect(mapDivergence(given, positions)).toBeCloseTo(expected.divergence, 8);
    expect(apart(gradient, expected.gradient)).toBeLessThan(1e-9);
  });

  it('the gradient is that of the divergence, by central differences', () => {
    const positions = Float64Array.from(at);
    const gradient = new Float64Array(at.length);
    mapGradientInto(gradient, ours, positions);
    const h = 1e-5;
    const differences = positions.map((value, k) => {
      const [ahead, behind] = [value + h, value - h].map((moved) =>
        mapDivergence(ours, positions.with(k, moved)),
      );
      return ((ahead ?? 0) - (behind ?? 0)) / (2 * h);
    });
    expect(apart(gradient, differences)).toBeLessThan(1e-9);
  });

  // Over its own seeds, scikit-learn ends as far apart: at 0.0555 to 0.0603 for the clouds.
  it('the descent from scikit-learn’s start ends within 0.005 nats of where its exact method ends', () => {
    const {positions, divergence} = tsne(points, dimension, {generator, perplexity, start: expected.start});
    expect(Math.abs(divergence - expected.reached)).toBeLessThan(0.005);
    expect(divergence).toBe(mapDivergence(ours, positions));
    for (const axis of [0, 1]) {
      const sum = positions.reduce((total, value, k) => total + (k % 2 === axis ? value : 0), 0);
      expect(sum).toBeCloseTo(0, 9);
    }
  });
});

describe('joint probabilities', () => {
  /** Six points on a line; the first is so far from the others that none of them takes it for a neighbour. */
  const line = [1e6, 0, 1, 3, 7, 12];

  it('have the perplexity that was asked for, to 1e-8 in its logarithm', () => {
    const joint = jointProbabilities(squaredDistances(line, 1), 6, 2.5);
    // Hence p_1j = p_{j|1} / 2n, of the first five pairs.
    const given = Array.from(joint.subarray(0, 5), (p) => 12 * p);
    const entropy = given.reduce((sum, p) => sum - p * Math.log(p), 0);
    expect(Math.abs(entropy - Math.log(2.5))).toBeLessThan(PERPLEXITY_TOLERANCE);
    expect(given.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
  });

  it('are the same in any unit', () => {
    const [near, far] = [1e-120, 1e120].map((unit) =>
      jointProbabilities(
        squaredDistances(
          line.map((x) => x * unit),
          1,
        ),
        6,
        2.5,
      ),
    );
    expect(apart(near ?? [], far ?? [])).toBeLessThan(1e-9);
  });

  it('are shared evenly by neighbours that tie, where these are more than the perplexity', () => {
    // Four points in one place and two elsewhere: each of the four has three at distance 0.
    const joint = jointProbabilities(squaredDistances([0, 0, 0, 0, 5, 9], 1), 6, 1.5);
    // p_{j|i} is 1/3 both ways among the four: (1/3 + 1/3) / 12.
    for (const pair of [0, 1, 2, 5, 6, 9]) expect(joint[pair]).toBeCloseTo(1 / 18, 12);
    const same = jointProbabilities(new Float64Array(15), 6, 3);
    expect(apart(same, new Float64Array(15).fill(1 / 30))).toBeLessThan(1e-15);
  });
});

describe('tsne', () => {
  const points = Float64Array.from({length: 60}, () => generator.normal());
  const map = (options: Partial<TsneOptions> = {}, given: ArrayLike<number> = points, dimension = 3) =>
    tsne(given, dimension, {generator: createGenerator(1), perplexity: 5, iterations: 200, ...options});

  it('gives the same map for a seed, and another for another', () => {
    expect(map()).toEqual(map());
    expect(map({generator: createGenerator(2)}).positions).not.toEqual(map().positions);
    expect(points).toEqual(points.slice());
  });

  it('maps points that are the same to finite places', () => {
    const {positions, divergence} = map({}, new Float64Array(24));
    expect(positions.every(Number.isFinite)).toBe(true);
    // Every pair is as near as any other in the space, which no map of more than three points can be.
    expect(divergence).toBeGreaterThan(0);
  });

  it.each([
    ['a perplexity in (1, 19) for 20 points, got 19', {perplexity: 19}],
    ['a perplexity in (1, 19) for 20 points, got 30', {perplexity: 30}],
    ['a perplexity in (1, 19) for 20 points, got 1', {perplexity: 1}],
    ['a perplexity in (1, 19) for 20 points, got NaN', {perplexity: Number.NaN}],
    ['iterations >= 1, got 0', {iterations: 0}],
    ['an exaggeration >= 1, got 0.5', {exaggeration: 0.5}],
    ['a learning rate > 0, got Infinity', {learningRate: Infinity}],
    ['a start of 40 numbers, got 3', {start: [1, 2, 3]}],
    ['a start of finite numbers, got NaN at 39', {start: new Float64Array(40).with(39, Number.NaN)}],
    ['a descent that settles, got none at a learning rate of 1e+200; lower it', {learningRate: 1e200}],
  ] as const)('refuses what it cannot use: expected %s', (message, options) => {
    expect(() => map(options)).toThrow(InputError);
    expect(() => map(options)).toThrow(`landscape.tsne: expected ${message}`);
  });

  it('refuses points that are no numbers, too few, not whole, or too far apart to tell', () => {
    expect(() => map({}, points.with(7, Number.NaN))).toThrow(/points of finite numbers, got NaN at 7/);
    expect(() => map({}, [1, 2, undefined, 4] as never, 1)).toThrow(/got undefined at 2/);
    expect(() => map({}, points.subarray(0, 9))).toThrow(/at least 4 points of 3 numbers each, got 9/);
    expect(() => map({}, points.subarray(1))).toThrow(/at least 4 points of 3 numbers each, got 59/);
    expect(() => map({}, null as never)).toThrow(/got undefined numbers/);
    expect(() => map({}, points, 0)).toThrow(/a dimension >= 1, got 0/);
    expect(() => map({}, points.with(7, 1e200))).toThrow(/divide the points by a constant/);
  });
});
