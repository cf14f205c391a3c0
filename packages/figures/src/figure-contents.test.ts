import type {AnalysisOf} from '@minefield/results';
import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {rowsOf} from '../test/rows-of.ts';
import {records} from '../test/sample-figures.ts';
import {basinProfiles} from './basin-profiles.ts';
import {decisionBoundary} from './decision-boundary.ts';
import type {View} from './figure.ts';
import {generalizationGap} from './generalization-gap.ts';
import {curvatureAgainstPoison} from './curvature-against-poison.ts';
import {langevinTraces} from './langevin-traces.ts';
import {learningCoefficientAgainstPoison} from './learning-coefficient-against-poison.ts';
import {learningCurves} from './learning-curves.ts';
import {lineScan} from './line-scan.ts';
import {lossSurface} from './loss-surface.ts';
import {lossTrajectory} from './loss-trajectory.ts';
import {marginAgainstPoison} from './margin-against-poison.ts';
import {moreData} from './more-data.ts';
import {NothingToDrawError} from './nothing-to-draw-error.ts';
import {perturbedNetworks} from './perturbed-networks.ts';
import {radiusHistogram} from './radius-histogram.ts';
import {spectralDensity} from './spectral-density.ts';
import {trainedOtherwise} from './trained-otherwise.ts';
import {volumeAgainstGap} from './volume-against-gap.ts';
import {volumeConvergence} from './volume-convergence.ts';

function panelsOf(spec: unknown): View[] {
  return (spec as {concat?: View[]}).concat ?? [spec as View];
}

function subtitleOf(panel: View | undefined): string {
  return String((panel?.['title'] as View | undefined)?.['subtitle']);
}

const clean = syntheticRun();
const bad = syntheticRun({poisonFactor: 0.8});
const diverged = syntheticRun({poisonFactor: 0.08, outcome: 'diverged'});

describe('generalizationGap', () => {
  it('shows every run, and per level the median and the spread over seeds', () => {
    const [summary, , runs] = rowsOf(generalizationGap(records.runs()));
    expect(runs).toHaveLength(24);
    expect(summary).toHaveLength(8);
    const gaps = records.runs({poisonFactor: 0.08}).map(({data}) => data.final?.generalizationGap ?? NaN);
    const [low, middle, high] = gaps.toSorted((a, b) => a - b).map((gap) => Number(gap.toPrecision(4)));
    expect(summary?.find(({poisonFactor}) => poisonFactor === 0.08)).toEqual({
      poisonFactor: 0.08,
      low,
      median: middle,
      high,
    });
  });

  it('gives a poison factor of 0 a place on its axis', () => {
    const text = JSON.stringify(generalizationGap(records.runs()));
    expect(text).toContain('"type":"symlog","constant":0.00004,"domain":[0,0.8]');
    expect(text).toContain('"values":[0,0.0001,0.001,0.01,0.1,0.8]');
  });

  it('counts diverged runs in its description instead of hiding them', () => {
    const spec = generalizationGap([clean, diverged, bad]);
    expect(spec.description).toContain('for 2 networks');
    expect(spec.description).toContain('1 diverged run is not shown.');
  });

  it('states the ends of the curve for those who cannot see it', () => {
    expect(generalizationGap([clean, bad]).description).toMatch(
      /The median goes from [\d.]+% at β = 0 to [\d.]+% at β = 0\.8/,
    );
    expect(generalizationGap([clean]).description).toMatch(
      /1 level, 1 seed\. The median is [\d.]+% at β = 0\.$/,
    );
  });
});

describe('volumeAgainstGap', () => {
  const basins = records.analyses('basin');

  it('turns natural logarithms into decades and pairs each basin with the gap of its run', () => {
    const [first] = rowsOf(volumeAgainstGap(records.runs(), basins));
    const [basin] = basins;
    const logVolume = basin?.data.cutoffs[0]?.relative?.logVolume ?? NaN;
    const gap = records.run(basin?.run ?? '')?.data.final?.generalizationGap ?? NaN;
    expect(first?.[0]).toMatchObject({
      volume: Number((logVolume / Math.log(10)).toPrecision(5)),
      gap: Number(gap.toPrecision(4)),
      verdict: 'lower bound',
    });
  });

  it('says how many networks have no volume at a cutoff', () => {
    const panels = panelsOf(volumeAgainstGap(records.runs(), basins));
    const inapplicable = basins.filter(({data}) => data.cutoffs[0]?.applicable === false).length;
    expect(inapplicable).toBeGreaterThan(0);
    expect(subtitleOf(panels[0])).toBe(`${24 - inapplicable} of 24 networks have a volume`);
    expect(subtitleOf(panels[1])).toBe('all 24 networks');
  });

  it('counts the basins whose run diverged or is not given', () => {
    const two = [syntheticAnalysis('basin', clean), syntheticAnalysis('basin', bad)];
    expect(volumeAgainstGap([clean], two).description).toContain(
      'Basins whose run diverged or is not given, 1 in all, are not shown.',
    );
    expect(volumeAgainstGap([clean, bad], two).description).not.toContain('not shown');
  });

  it('refuses basins of runs that are not given', () => {
    expect(() => volumeAgainstGap([clean], [syntheticAnalysis('basin', bad)])).toThrow(
      'figures.volumeAgainstGap: expected at least one basin whose run is given and finished, got 0; pass the runs that were measured',
    );
  });
});

describe('radiusHistogram', () => {
  it('counts each uncensored radius once', () => {
    const basin = syntheticAnalysis('basin', clean);
    const panels = rowsOf(radiusHistogram([basin]));
    basin.data.cutoffs.forEach((cutoff, i) => {
      const total = panels[i]?.reduce((sum, {count}) => sum + Number(count), 0);
      expect(total).toBe(cutoff.radii.length - cutoff.censored);
    });
  });

  it('tells of censored directions and inapplicable cutoffs', () => {
    const basin = syntheticAnalysis('basin', clean);
    const [first, ...others] = basin.data.cutoffs;
    if (first === undefined) throw new Error('expected a cutoff');
    const radii = first.radii.map((radius, i) => (i < 7 ? null : radius));
    const cutoffs = [{...first, radii, censored: 7}, ...others];
    const censored: AnalysisOf<'basin'> = {...basin, data: {...basin.data, cutoffs}};
    const panels = panelsOf(radiusHistogram([censored, syntheticAnalysis('basin', bad)]));
    expect(subtitleOf(panels[0])).toBe(
      '7 never reach it: clean (β = 0); minimum above it: poisoned (β = 0.8)',
    );
    expect(subtitleOf(panels[1])).toBe('all directions reach it');
  });

  it('is logarithmic only where radii differ by much', () => {
    const two = radiusHistogram([syntheticAnalysis('basin', clean), syntheticAnalysis('basin', bad)]);
    expect(JSON.stringify(two)).toContain('"type":"log"');
    const basin = syntheticAnalysis('basin', clean);
    const narrow = {...basin, data: {...basin.data, cutoffs: basin.data.cutoffs.slice(0, 1)}};
    expect(JSON.stringify(radiusHistogram([narrow]))).toContain('"type":"linear"');
  });

  it('draws equal radii as one bar', () => {
    const basin = syntheticAnalysis('basin', clean);
    const cutoffs = basin.data.cutoffs
      .slice(0, 1)
      .map((cutoff) => ({...cutoff, radii: cutoff.radii.map(() => 1)}));
    const [bars] = rowsOf(radiusHistogram([{...basin, data: {...basin.data, cutoffs}}]));
    expect(bars).toHaveLength(1);
    expect(bars?.[0]).toMatchObject({count: 100, share: 1});
  });
});

describe('basinProfiles', () => {
  it('marks the mean radius on each cutoff and keeps to the directions asked for', () => {
    const basin = syntheticAnalysis('basin', clean);
    const [profiles, , , , radii] = rowsOf(basinProfiles([basin], {directions: 7}));
    expect(profiles).toHaveLength(7);
    expect(radii?.map(({threshold}) => threshold)).toEqual([0.25, 0.5, 1]);
    expect(radii?.[0]?.['meanRadius']).toBe(Number(basin.data.cutoffs[0]?.meanRadius?.toPrecision(4)));
  });

  it('lets an overflowed loss leave through the top', () => {
    const basin = syntheticAnalysis('basin', clean);
    const losses = basin.data.profiles.losses.map((profile) =>
      profile.map((loss, i) => (i > 5 ? null : loss)),
    );
    const profiles = {...basin.data.profiles, losses};
    const [rows] = rowsOf(basinProfiles([{...basin, data: {...basin.data, profiles}}]));
    const drawn = rows?.[0]?.['loss'] as number[];
    expect(drawn).toHaveLength(7);
    expect(drawn.at(-1)).toBeGreaterThan(1.15);
  });
});

describe('decisionBoundary', () => {
  it('crosses out exactly the misclassified points', () => {
    const boundary = syntheticAnalysis('boundary', bad);
    const layers = rowsOf(decisionBoundary([boundary], {points: 'test'}));
    expect(layers.at(-2)).toHaveLength(200);
    expect(layers.at(-1)).toHaveLength(boundary.data.test.correct.filter((yes) => !yes).length);
    expect(layers.at(-1)?.length).toBeGreaterThan(100);
  });

  it('draws a network that says the same everywhere', () => {
    const boundary = syntheticAnalysis('boundary', clean);
    const same = {...boundary, data: {...boundary.data, logits: boundary.data.logits.map(() => 3)}};
    expect(() => decisionBoundary([same])).not.toThrow();
  });
});

describe('learningCurves', () => {
  it('names seeds only where they tell runs apart', () => {
    const labels = (runs: Parameters<typeof learningCurves>[0]): unknown[] => [
      ...new Set(rowsOf(learningCurves(runs)).flatMap((rows) => rows.map(({series}) => series))),
    ];
    expect(labels([clean, bad])).toEqual(['clean (β = 0)', 'poisoned (β = 0.8)']);
    expect(labels([clean, syntheticRun({seed: 2})])).toEqual([
      'clean (β = 0), seed 1',
      'clean (β = 0), seed 2',
    ]);
  });

  it('thins long curves but keeps both ends', () => {
    const step = Array.from({length: 5000}, (_, i) => i);
    const curves = Object.fromEntries(
      Object.keys(clean.data.curves).map((key) => [key, key === 'step' ? step : step.map(() => 0)]),
    );
    const run = {...clean, data: {...clean.data, curves: curves as unknown as typeof clean.data.curves}};
    const [[first] = []] = rowsOf(learningCurves([run]));
    const steps = first?.['step'] as number[];
    expect(steps).toHaveLength(160);
    expect([steps[0], steps.at(-1)]).toEqual([0, 4999]);
    expect(Math.min(...(first?.['value'] as number[]))).toBe(1e-7);
  });

  it('counts the runs that were never evaluated', () => {
    const curves = Object.fromEntries(Object.keys(clean.data.curves).map((key) => [key, []]));
    const blind = {...bad, data: {...bad.data, curves: curves as unknown as typeof bad.data.curves}};
    expect(learningCurves([clean, blind]).description).toContain(
      'Runs without an evaluation, 1 in all, are not shown.',
    );
  });

  it('shows a diverged run up to its last evaluation', () => {
    const rows = rowsOf(learningCurves([diverged]));
    expect(rows[0]?.[0]?.['step']).toHaveLength(3);
  });
});

describe('lossSurface', () => {
  it('shares one logarithmic scale between panels and caps it at 10 nats', () => {
    const spec = lossSurface([syntheticAnalysis('surface', clean), syntheticAnalysis('surface', bad)]);
    const domains = JSON.stringify(spec).match(/"type":"log","domain":\[[^\]]*\]/g);
    expect(new Set(domains).size).toBe(1);
    expect(domains?.[0]).toMatch(/,10\]$/);
  });

  it('refuses a surface without a finite positive loss', () => {
    const surface = syntheticAnalysis('surface', clean);
    const trainLoss = surface.data.trainLoss.map(() => null);
    const empty = {...surface, data: {...surface.data, trainLoss, fitted: null}};
    expect(() => lossSurface([empty])).toThrow(/expected at least one finite positive loss, got 0/);
  });
});

describe('lineScan', () => {
  it('cuts the loss off where it is asked to and says where it overflowed', () => {
    const line = syntheticAnalysis('line', bad);
    const trainLoss = line.data.trainLoss.map((loss, i) => (i === 0 ? null : loss));
    const spec = lineScan([{...line, data: {...line.data, trainLoss}}], {maximumLoss: 1.5});
    expect(JSON.stringify(spec)).toContain('"domain":[0,1.5]');
    expect(spec.description).toContain('to overflow nats');
  });
});

describe('perturbedNetworks', () => {
  it('has a line for each direction, in radii of each basin, and says how the networks do far out', () => {
    const ends = [clean, bad].map((run) => syntheticAnalysis('perturbation', run));
    const spec = perturbedNetworks(ends);
    const [loss, train] = rowsOf(spec);
    expect(loss?.map(({series, direction}) => [series, direction])).toEqual([
      ['clean (β = 0)', 1],
      ['clean (β = 0)', 2],
      ['poisoned (β = 0.8)', 1],
      ['poisoned (β = 0.8)', 2],
    ]);
    // The basins differ in width thirtyfold.
    for (const row of loss ?? []) expect(row['distance']).toEqual([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]);
    const [first] = ends;
    expect(train?.[1]?.['value']).toEqual(
      first?.data.directions[1]?.trainAccuracy.map((value) => Number(value.toPrecision(4))),
    );
    expect(spec.description).toContain(
      'whose mean radius is 0.1 filter lengths and whose curvature at the minimum is 100 to 100: train accuracy 52.1% to 54.4%',
    );
  });
});

describe('curvatureAgainstPoison', () => {
  it('leaves out what a logarithm cannot show and refuses to show nothing', () => {
    const curvature = syntheticAnalysis('curvature', clean);
    const negative = {...curvature, data: {...curvature.data, largestEigenvalue: {relative: -1, raw: -1}}};
    const spec = curvatureAgainstPoison([negative, syntheticAnalysis('curvature', bad)]);
    expect(rowsOf(spec).at(-1)).toHaveLength(1);
    expect(spec.description).toContain(
      'Eigenvalues that are not positive, 1 in all, have no place on the axis.',
    );
    expect(() => curvatureAgainstPoison([negative])).toThrow(
      /expected at least one positive eigenvalue, got 0/,
    );
  });
});

describe('marginAgainstPoison', () => {
  it('counts the points whose boundary was not found', () => {
    const margin = syntheticAnalysis('margin', clean);
    const lost = {
      ...margin,
      data: {...margin.data, distances: [null, ...margin.data.distances.slice(2), null]},
    };
    expect(marginAgainstPoison([lost]).description).toContain(
      'boundary was not found, 2 in all, do not count.',
    );
    expect(marginAgainstPoison([margin]).description).not.toContain('not found');
  });
});

describe('every figure', () => {
  it.each<[string, () => unknown]>([
    ['decisionBoundary', () => decisionBoundary([])],
    ['lineScan', () => lineScan([])],
    ['perturbedNetworks', () => perturbedNetworks([])],
    ['lossSurface', () => lossSurface([])],
    ['generalizationGap', () => generalizationGap([])],
    ['marginAgainstPoison', () => marginAgainstPoison([])],
    ['curvatureAgainstPoison', () => curvatureAgainstPoison([])],
    ['basinProfiles', () => basinProfiles([])],
    ['radiusHistogram', () => radiusHistogram([])],
    ['volumeAgainstGap', () => volumeAgainstGap([], [])],
    ['learningCurves', () => learningCurves([])],
    ['spectralDensity', () => spectralDensity([])],
    ['volumeConvergence', () => volumeConvergence([], [])],
    ['langevinTraces', () => langevinTraces([])],
    ['learningCoefficientAgainstPoison', () => learningCoefficientAgainstPoison([])],
    ['lossTrajectory', () => lossTrajectory([])],
  ])('%s says what it needs when it gets nothing', (name, draw) => {
    expect(draw).toThrow(new RegExp(`^figures\\.${name}: expected at least one [a-z ]+, got 0; [a-z ]+$`));
    expect(draw).toThrow(NothingToDrawError);
  });

  it('says that all runs diverged', () => {
    expect(() => generalizationGap([diverged])).toThrow(
      'expected at least one run that did not diverge, got 0',
    );
  });
});

describe('moreData', () => {
  it('counts the examples that a network was trained on, of which its landscape may be a part', () => {
    const [network] = records.analyses('alternatives');
    if (network === undefined) throw new Error('the sweep trains alternatives');
    const trained = [250, 16_000].map((trainExamples) => ({
      ...network,
      settings: {...network.settings, trainExamples},
    }));
    expect(new Set(rowsOf(moreData(trained)).flatMap((rows) => rows.map(({examples}) => examples)))).toEqual(
      new Set([250, 16_000]),
    );
  });
});

describe('trainedOtherwise', () => {
  it('has in its legend what there are dots of', () => {
    const others = records.analyses('alternatives');
    const alone = JSON.stringify(trainedOtherwise([clean], others));
    expect(alone).toContain('"domain":["fits"]');
    expect(alone).not.toContain('"poisoned"');
    expect(JSON.stringify(trainedOtherwise([clean, bad], others))).toContain('"domain":["fits","poisoned"]');
  });
});
