import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {bowlLearningCoefficient} from '../analytic/bowl-learning-coefficient.ts';
import {powerWell} from '../analytic/power-well.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {batchMeans} from './batch-means.ts';
import type {LearningCoefficientOptions} from './learning-coefficient-options.ts';
import {inverseTemperatureFor, localLearningCoefficient} from './local-learning-coefficient.ts';

const spectrum = [0.1, 1, 10];
const bowl = quadraticBowl(spectrum);
const base: LearningCoefficientOptions = {
  generator: createGenerator(1),
  inverseTemperature: 100,
  localization: 1,
  stepSize: 1e-3,
  draws: 8000,
  chains: 4,
};
const exact = (stepSize: number, localization = 1): number =>
  bowlLearningCoefficient(spectrum, {inverseTemperature: 100, localization, stepSize});

describe('localLearningCoefficient', () => {
  it('of a quadratic bowl by MALA is ½ Σ nβh/(nβh + γ), whatever the step, within three standard errors', async () => {
    // Tied so strongly that λ̂ would be 1.5 if the energy had no part in the tie.
    const localization = 100;
    expect(exact(0, localization)).toBeCloseTo(0.75, 12);
    const found = await localLearningCoefficient(bowl, bowl.minimum, {
      ...base,
      localization,
      metropolis: true,
    });
    expect(found.standardError).toBeLessThan(0.04);
    expect(Math.abs((found.coefficient ?? 0) - 0.75)).toBeLessThan(3 * (found.standardError ?? 0));
    for (const {acceptance} of found.chains) {
      expect(acceptance).toBeGreaterThan(0.6);
      expect(acceptance).toBeLessThan(0.99);
    }
    expect(found.warning).toBeNull();
  });

  it('of the same by SGLD has the bias that theory gives it', async () => {
    expect(exact(0)).toBeCloseTo(1.4491, 4);
    expect(exact(1e-4)).toBeCloseTo(1.463, 3);
    const found = await localLearningCoefficient(bowl, bowl.minimum, base);
    expect(Math.abs((found.coefficient ?? 0) - exact(1e-3))).toBeLessThan(3 * (found.standardError ?? 0));
    // Far enough from the unbiased value to tell.
    expect(exact(1e-3) - exact(0)).toBeGreaterThan(5 * (found.standardError ?? 0));
    expect(found.chains).toHaveLength(4);
    expect(found.chainSpread).toBeGreaterThan(0);
    expect(found.chains[0]?.losses).toHaveLength(8000);
  });

  it.each([1, 2, 3])('of x^(2·%i) is 1/(2k), to 5%', async (power) => {
    const well = powerWell(power);
    const {coefficient} = await localLearningCoefficient(well, Float32Array.of(0), {
      ...base,
      inverseTemperature: 1,
      localization: 0,
      stepSize: 0.1,
      draws: 10_000,
      metropolis: true,
    });
    expect((coefficient ?? 0) * 2 * power).toBeGreaterThan(0.95);
    expect((coefficient ?? 0) * 2 * power).toBeLessThan(1.05);
  });

  it('is negative, and says why, where the point is no minimum', async () => {
    const found = await localLearningCoefficient(bowl, Float32Array.of(0, 1, 0), {
      ...base,
      draws: 2000,
      localization: 0,
    });
    expect(found.coefficient).toBeLessThan(0);
    expect(found.warning).toMatch(/no local minimum/);
  });

  it('says that chains left the basin where it is more than any coefficient can be', async () => {
    // With this step the steepest direction grows by half at every step, and is finite still after 60.
    const found = await localLearningCoefficient(bowl, bowl.minimum, {...base, stepSize: 5e-3, draws: 60});
    expect(found.coefficient).toBeGreaterThan(1e15);
    expect(found.warning).toMatch(/more than the 3 parameters, .* take a smaller stepSize/);
  });

  it('has an R̂ that tells chains that still drift from those that have settled', async () => {
    // Losses come up to their mean as 1 − exp(−ε nβh t), in 200 steps.
    const flat = quadraticBowl(Array.from({length: 50}, () => 0.05));
    const short = {...base, draws: 400, burnIn: 0, localization: 0};
    const drifting = await localLearningCoefficient(flat, flat.minimum, short);
    expect(drifting.rHat).toBeGreaterThan(1.1);
    const settled = await localLearningCoefficient(bowl, bowl.minimum, {...base, draws: 40_000});
    expect(settled.rHat).toBeLessThan(1.1);
  });

  /** ½ (x − a_e)² over four examples; the loss on any other set of examples differs. */
  const targets = [-3, -1, 1, 3];
  const regression = (): Objective & {lossCalls: unknown[]; batches: Uint32Array[]} => {
    const mean = (examples: Uint32Array | undefined, f: (target: number) => number): number => {
      const indices = examples ?? [0, 1, 2, 3];
      return (
        Array.from(indices, (e) => f(targets[e] ?? 0)).reduce((sum, value) => sum + value, 0) / indices.length
      );
    };
    return {
      dimension: 1,
      lossCalls: [],
      batches: [],
      loss(thetas, options) {
        this.lossCalls.push(options?.examples);
        return Promise.resolve(
          Float64Array.from(thetas, (x) => mean(options?.examples, (a) => (x - a) ** 2 / 2)),
        );
      },
      gradient(theta, options) {
        if (options?.examples) this.batches.push(options.examples);
        return Promise.resolve(Float32Array.of(mean(options?.examples, (a) => (theta[0] ?? 0) - a)));
      },
    };
  };

  it('takes L(w*) and the draws on the same full data, while gradients see fresh minibatches of their own', async () => {
    const objective = regression();
    const found = await localLearningCoefficient(objective, Float32Array.of(0), {
      ...base,
      inverseTemperature: 10,
      stepSize: 1e-3,
      draws: 5000,
      thin: 4,
      minibatch: {size: 2, examples: 4},
    });
    expect(found.anchorLoss).toBe(2.5);
    expect(objective.lossCalls.every((examples) => examples === undefined)).toBe(true);
    // One at the start, one for each draw of all chains together.
    expect(objective.lossCalls).toHaveLength(5001);
    // Minibatch noise adds (ε/4)(nβ)² Var/(stiffness) to the variance 1/(nβ + γ): a small, known excess.
    const stiffness = 11;
    const excess = (1e-3 / 4) * 100 * 2.5;
    const expected = (10 / 2) * ((1 + excess) / stiffness);
    expect(Math.abs((found.coefficient ?? 0) - expected)).toBeLessThan(4 * (found.standardError ?? 0) + 0.01);
    const distinct = new Set(objective.batches.slice(0, 200).map((batch) => batch.join()));
    expect(distinct.size).toBeGreaterThan(10);
  });

  it('burns in for a tenth of the draws’ steps, rounded up, unless told otherwise', async () => {
    for (const [change, steps] of [
      [{}, 9 + 43 * 2],
      [{burnIn: 0}, 43 * 2],
    ] as const) {
      const objective = regression();
      // Metropolis' rule evaluates the loss at every step.
      const options = {...base, draws: 43, thin: 2, metropolis: true, ...change};
      await localLearningCoefficient(objective, Float32Array.of(0), options);
      expect(objective.lossCalls).toHaveLength(1 + steps);
    }
  });

  it('uses one nβ for the sampler and the estimate', async () => {
    // λ̂ of a quadratic tends to ½ as γ/nβ → 0 whatever nβ is: it could not if the two differed.
    for (const inverseTemperature of [1, 30]) {
      const {coefficient} = await localLearningCoefficient(quadraticBowl([1]), Float32Array.of(0), {
        ...base,
        inverseTemperature,
        localization: 0,
        stepSize: 0.3 / inverseTemperature,
        metropolis: true,
      });
      expect(coefficient).toBeCloseTo(0.5, 1);
    }
  });

  it('gives the same numbers for the same seed, chain by chain, however many chains run', async () => {
    const options = {...base, draws: 50, burnIn: 5};
    const two = await localLearningCoefficient(bowl, bowl.minimum, {...options, chains: 2});
    const three = await localLearningCoefficient(bowl, bowl.minimum, {...options, chains: 3});
    expect(three.chains.slice(0, 2)).toEqual(two.chains);
    expect(two.chains[0]?.losses).not.toEqual(two.chains[1]?.losses);
  });

  it('reports a chain that diverges, or that rejects every step, instead of a number', async () => {
    const found = await localLearningCoefficient(powerWell(3), Float32Array.of(1), {
      ...base,
      draws: 500,
      stepSize: 10,
    });
    expect(found).toMatchObject({coefficient: null, standardError: null, chainSpread: null});
    expect(found.warning).toMatch(/4 of 4 chains diverged/);
    const stuck = await localLearningCoefficient(bowl, bowl.minimum, {
      ...base,
      draws: 20,
      stepSize: 1e6,
      metropolis: true,
    });
    expect(stuck).toMatchObject({coefficient: null, chains: [{acceptance: 0}, {}, {}, {}]});
    expect(stuck.warning).toMatch(/never moved/);
  });

  it('refuses options that make no sense, and stops when asked', async () => {
    const attempt = (change: Partial<LearningCoefficientOptions>): Promise<unknown> =>
      localLearningCoefficient(bowl, bowl.minimum, {...base, ...change});
    await expect(attempt({inverseTemperature: 0})).rejects.toThrow(RangeError);
    await expect(attempt({draws: 0})).rejects.toThrow(/draws/);
    await expect(attempt({minibatch: {size: 0, examples: 4}})).rejects.toThrow(/minibatch/);
    await expect(attempt({minibatch: {size: 1, examples: 4}, metropolis: true})).rejects.toThrow(
      /all examples/,
    );
    await expect(attempt({signal: AbortSignal.abort(new Error('enough'))})).rejects.toThrow('enough');
    await expect(localLearningCoefficient(bowl, new Float32Array(3).fill(Infinity), base)).rejects.toThrow(
      /finite loss/,
    );
    for (const examples of [1, 2.5, Infinity, Number.NaN]) {
      expect(() => inverseTemperatureFor(examples)).toThrow(
        `expected a whole number of at least 2 examples, got ${examples}`,
      );
    }
    expect(inverseTemperatureFor(100)).toBeCloseTo(100 / Math.log(100), 12);
  });
});

describe('batchMeans', () => {
  it('allows for correlation: an autoregression’s error is far larger than that of independent draws', () => {
    const generator = createGenerator(3);
    const series = new Float64Array(40_000);
    for (let i = 1; i < series.length; i++) series[i] = 0.9 * (series[i - 1] ?? 0) + generator.normal();
    // Long-run standard deviation 1/(1 − 0.9).
    expect(batchMeans(series).standardError * Math.sqrt(40_000)).toBeGreaterThan(8);
    expect(batchMeans(series).standardError * Math.sqrt(40_000)).toBeLessThan(12);
    expect(batchMeans([1, 2, 3])).toEqual({mean: 2, standardError: Infinity});
  });
});
