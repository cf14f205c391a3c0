import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {rowsOf} from '../test/rows-of.ts';
import {connectingPaths} from './connecting-paths.ts';
import {langevinTraces} from './langevin-traces.ts';
import {learningCoefficientAgainstPoison} from './learning-coefficient-against-poison.ts';
import {lossTrajectory} from './loss-trajectory.ts';
import {spectralDensity} from './spectral-density.ts';
import {volumeConvergence} from './volume-convergence.ts';

const clean = syntheticRun();
const bad = syntheticRun({poisonFactor: 0.8});

describe('spectralDensity', () => {
  it('draws as many eigenvalues as lie above rounding, and counts the others', () => {
    const record = syntheticAnalysis('spectrum', bad);
    const nodes = [-2, 1e-12, 10, 1000];
    const weights = [0.01, 0.5, 0.39, 0.1];
    const spectrum = {
      ...record,
      data: {
        ...record.data,
        dimension: 1000,
        largest: {value: 1000, residual: 0},
        smallest: {value: -2, residual: 0},
        density: {nodes, weights},
      },
    };
    const spec = spectralDensity([spectrum]);
    expect(spec.description).toContain('from −2 to 1000, 500 of 1000 within rounding of 0');
    const [up, down] = rowsOf(spec).map(([curve]) => curve);
    for (const [curve, expected] of [
      [up, 490],
      [down, 10],
    ] as const) {
      const {eigenvalue, density} = curve as unknown as {eigenvalue: number[]; density: (number | null)[]};
      // The area under the curve, over decades.
      const area = eigenvalue.reduce((sum, value, i) => {
        const width = Math.log10(eigenvalue[i + 1] ?? value) - Math.log10(value);
        return sum + (width * ((density[i] ?? 0) + (density[i + 1] ?? 0))) / 2;
      }, 0);
      expect(Math.abs(area / expected - 1)).toBeLessThan(0.03);
    }
  });

  it('refuses a spectrum of nothing but rounding', () => {
    const record = syntheticAnalysis('spectrum', bad);
    const flat = {...record, data: {...record.data, density: {nodes: [0], weights: [1]}}};
    expect(() => spectralDensity([flat])).toThrow(/at least one eigenvalue above rounding, got 0/);
  });
});

describe('volumeConvergence', () => {
  it('ends where the records end, and begins with the first ray alone', () => {
    const basin = syntheticAnalysis('basin', clean);
    const stretched = syntheticAnalysis('preconditioned', clean);
    const [cutoff, , other] = basin.data.cutoffs;
    if (cutoff === undefined || other === undefined) throw new Error('three cutoffs');
    const [rows] = rowsOf(volumeConvergence([basin], [stretched], {cutoff: 'loss 1'}));
    const plain = rows?.filter(({estimator}) => estimator === 'along random rays') ?? [];
    const decades = (value: number | null | undefined): number =>
      Number(((value ?? NaN) / Math.LN10).toPrecision(6));
    expect(plain.map(({directions}) => directions)).toEqual([1, 2, 4, 8, 16, 32, 64, 100]);
    expect(plain.at(-1)?.['volume']).toBe(decades(other.relative?.logVolume));
    // The second ray adds log((1 + (r₂/r₁)ⁿ)/2).
    const [first, second] = other.radii.map((radius) => 3457 * Math.log(radius ?? basin.data.maximumRadius));
    const step = (second ?? NaN) - (first ?? NaN);
    const expected = Math.max(0, step) + Math.log((1 + Math.exp(-Math.abs(step))) / 2);
    expect(Number(plain[1]?.['volume']) - Number(plain[0]?.['volume'])).toBeCloseTo(expected / Math.LN10, 1);
    const own = rows?.filter(({estimator}) => estimator === 'along stretched rays') ?? [];
    expect(own.map(({volume}) => volume)).toEqual(
      stretched.data.cutoffs[2]?.convergence?.logVolume.map(decades),
    );
  });

  it('counts the basins that have no volume at the cutoff', () => {
    const basins = [syntheticAnalysis('basin', clean), syntheticAnalysis('basin', bad)];
    expect(volumeConvergence(basins, [], {cutoff: 'loss 0.25'}).description).toContain(
      'Basins without a volume there, 1 in all, are not shown.',
    );
  });

  it('refuses a cutoff that no basin has', () => {
    expect(() => volumeConvergence([syntheticAnalysis('basin', clean)], [], {cutoff: 'loss 7'})).toThrow(
      'expected cutoff among loss 0.25, loss 0.5, loss 1, excess loss 0.5, got "loss 7"',
    );
  });
});

describe('langevinTraces', () => {
  it('draws every chain, and their mean where there is one', () => {
    const record = syntheticAnalysis('llc', bad);
    const [chains, mean] = rowsOf(langevinTraces([record]));
    expect(chains?.map(({chain}) => chain)).toEqual([1, 2, 3, 4]);
    expect(chains?.[2]?.['rise']).toEqual(
      record.data.chains[2]?.trace.map((value) => Number(value?.toPrecision(4))),
    );
    expect(mean).toEqual([{rise: Number(record.data.learningCoefficient?.toPrecision(4))}]);
    const lost = {...record, data: {...record.data, learningCoefficient: null}};
    expect(JSON.stringify(langevinTraces([lost]))).toContain('a chain diverged: no coefficient');
  });
});

describe('learningCoefficientAgainstPoison', () => {
  it('counts networks whose chains diverged', () => {
    const good = syntheticAnalysis('llc', clean);
    const lost = {...good, data: {...good.data, learningCoefficient: null}};
    const {description} = learningCoefficientAgainstPoison([good, lost, syntheticAnalysis('llc', bad)]);
    expect(description).toContain('for 2 networks');
    expect(description).toContain('1 without a coefficient is not shown.');
    expect(description).not.toContain('settled');
  });

  it('counts networks whose chains have not settled', () => {
    const good = syntheticAnalysis('llc', clean);
    const records = [1.09, 1.11, 1.304].map((rHat) => ({...good, data: {...good.data, rHat}}));
    expect(learningCoefficientAgainstPoison(records).description).toContain(
      'The chains of 2 have not settled: split-R̂ above 1.1, up to 1.3.',
    );
  });

  it('counts chains that still fall, where there is most poison and below', () => {
    const records = [0, 0.1, 0.2].map((poisonFactor) => {
      const record = syntheticAnalysis('llc', syntheticRun({poisonFactor}));
      const falling = {...record.data.chains[0], acceptance: null, coefficient: 1, trace: [3, 2, 2, null]};
      const level = {...falling, trace: [2, 2, 2]};
      return {...record, data: {...record.data, chains: poisonFactor === 0 ? [level] : [falling, level]}};
    });
    expect(learningCoefficientAgainstPoison(records).description).toContain(
      'Lower over the second half of the draws than over the first: 1 of 2 chains from a factor of 0.2 on, 1 of 3 below.',
    );
  });
});

describe('lossTrajectory', () => {
  it('puts the way on the plane and says how much of it the plane holds', () => {
    const record = syntheticAnalysis('trajectory', bad);
    const spec = lossTrajectory([record]);
    const [, way] = rowsOf(spec);
    expect(way?.map(({step}) => step)).toEqual(record.data.path.step);
    expect(way?.[3]).toMatchObject({
      x: record.data.path.x[3],
      y: Number(record.data.path.y[3]?.toPrecision(4)),
    });
    expect(spec.description).toContain('poisoned (β = 0.8): 93%');
    expect(JSON.stringify(spec)).toContain('First component (82%)');
  });
});

describe('connectingPaths', () => {
  it('says how high each path climbs and what it keeps', () => {
    const record = syntheticAnalysis('connectivity', bad);
    const {description} = connectingPaths(record);
    expect(description).toContain('rises by 1.5 nats on the straight line and by 0.05 nats on the bend');
    const [losses] = rowsOf(connectingPaths(record));
    expect(losses?.map(({path}) => path)).toEqual(['straight', 'bent to be low']);
    expect(losses?.[1]?.['value']).toEqual(
      record.data.bend.trainLoss.map((value) => Number(value?.toPrecision(4))),
    );
  });
});
