import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {minefield, records, samples} from '../test/sample-figures.ts';
import * as figures from './index.ts';
import type {FigureOptions} from './index.ts';

const of = <N extends Parameters<typeof syntheticAnalysis>[0]>(name: N) => [
  syntheticAnalysis(name, syntheticRun()),
];
const [path] = of('connectivity');
const ratios = [{name: 'a', peerName: 'peer', ratio: 4, target: 5}];

/** Every figure by its name. */
const draw: Readonly<Record<string, (options: object) => unknown>> = {
  basinProfiles: (options) => figures.basinProfiles(of('basin'), options),
  connectingPaths: (options) => path && figures.connectingPaths(path, options),
  curvatureAgainstPoison: (options) => figures.curvatureAgainstPoison(of('curvature'), options),
  decisionBoundary: (options) => figures.decisionBoundary(of('boundary'), options),
  generalizationGap: (options) => figures.generalizationGap(records.runs(), options),
  langevinTraces: (options) => figures.langevinTraces(of('llc'), options),
  learningCoefficientAgainstPoison: (options) => figures.learningCoefficientAgainstPoison(of('llc'), options),
  learningCurves: (options) => figures.learningCurves(records.runs({seed: 1}), options),
  lineScan: (options) => figures.lineScan(of('line'), options),
  lossSurface: (options) => figures.lossSurface(of('surface'), options),
  lossTrajectory: (options) => figures.lossTrajectory(of('trajectory'), options),
  marginAgainstPoison: (options) => figures.marginAgainstPoison(of('margin'), options),
  matchedLoss: (options) => figures.matchedLoss(of('matched'), options),
  linearAgainstNetwork: (options) => figures.linearAgainstNetwork([], of('linear'), options),
  moreData: (options) => figures.moreData(of('alternatives'), options),
  trainedOtherwise: (options) => figures.trainedOtherwise([], of('alternatives'), options),
  minefieldMap: (options) => figures.minefieldMap(minefield, options),
  perturbedNetworks: (options) => figures.perturbedNetworks(of('perturbation'), options),
  radiusHistogram: (options) => figures.radiusHistogram(of('basin'), options),
  spectralDensity: (options) => figures.spectralDensity(of('spectrum'), options),
  speedRatios: (options) => figures.speedRatios(ratios, options),
  volumeAgainstGap: (options) => figures.volumeAgainstGap(records.runs(), records.analyses('basin'), options),
  volumeConvergence: (options) => figures.volumeConvergence(of('basin'), [], options),
};

describe.each(Object.keys(draw))('%s', (name) => {
  it('refuses an option that it does not have, naming those that it has', () => {
    const misspelt = {titel: 'A heading'} as FigureOptions;
    expect(() => draw[name]?.(misspelt)).toThrow(
      new RegExp(`^figures\\.${name}: expected options among title(, \\w+)*, got "titel"; correct it`),
    );
    expect(() => draw[name]?.({title: 'A heading'})).not.toThrow();
  });
});

describe('options', () => {
  it.each<[string, object, RegExp]>([
    ['decisionBoundary', {points: 'tset'}, /expected points among train, test, got "tset"/],
    ['volumeAgainstGap', {statistic: 'mean'}, /expected statistic among estimate, stable, got "mean"/],
    ['volumeConvergence', {cutoff: '0.5'}, /expected cutoff among loss 0\.25, .*, got "0\.5"/],
    ['matchedLoss', {cutoff: '0.5'}, /expected cutoff among loss 0\.5, got "0\.5"/],
    ['moreData', {cutoff: '0.5'}, /expected cutoff among loss 0\.5, got "0\.5"/],
    ['trainedOtherwise', {cutoff: '0.5'}, /expected cutoff among loss 0\.5, got "0\.5"/],
    ['lineScan', {maximumLoss: 0}, /expected maximumLoss > 0, got 0/],
    ['perturbedNetworks', {maximumLoss: -1}, /expected maximumLoss > 0, got -1/],
    ['connectingPaths', {maximumLoss: NaN}, /expected maximumLoss > 0, got NaN/],
    ['basinProfiles', {directions: -1}, /expected directions > 0, got -1/],
    ['minefieldMap', {trainAccuracy: 99}, /expected trainAccuracy between 0 and 1, got 99/],
  ])('%s refuses %j as misuse, not for want of records', (name, options, message) => {
    expect(() => draw[name]?.(options)).toThrow(message);
    expect(() => draw[name]?.(options)).not.toThrow(figures.NothingToDrawError);
  });

  it('of a drawing are checked too', async () => {
    const spec = figures.speedRatios(ratios);
    await expect(figures.renderSvg(spec, {colour: 'red'} as object)).rejects.toThrow(
      'figures.renderSvg: expected options among width, theme, font, background, got "colour"',
    );
    await expect(figures.renderSvg(spec, {theme: 'sepia' as 'dark'})).rejects.toThrow(
      'figures.figureTheme: expected theme among light, dark, current, got "sepia"',
    );
  });

  it('every figure of the package is asked', () => {
    const others = [
      'endsOf',
      'figureTheme',
      'fitFigure',
      'poisonColour',
      'renderOnto',
      'renderPanels',
      'renderSvg',
      'NothingToDrawError',
    ];
    const all = Object.entries(figures).filter(([, value]) => typeof value === 'function');
    expect(all.map(([name]) => name).toSorted()).toEqual([...others, ...Object.keys(draw)].toSorted());
  });

  it('every figure of the package has a sample, which puts it through the checks of all', () => {
    const shown = new Set(Object.keys(samples).map((name) => name.split(' ')[0]));
    expect([...shown].toSorted()).toEqual(Object.keys(draw).toSorted());
  });
});
