import {
  basinProfiles,
  type FigureSpec,
  decisionBoundary,
  generalizationGap,
  learningCurves,
  lineScan,
  lossSurface,
  radiusHistogram,
  speedRatios,
} from '@minefield/figures';
import type {AnalysisName, AnalysisOf, RunRecord} from '@minefield/results';
import {syntheticSweep} from '@minefield/results/testing';
import {View, parse} from 'vega';
import {compile} from 'vega-lite';
import {expect, it} from 'vitest';
import {explorable, withoutHover} from './explorable.ts';
import {tablesOf, toCsv, toJson} from './figure-rows.ts';

const records = syntheticSweep({seeds: [1], poisonFactors: [0, 0.8]});
const runs = records.filter((record): record is RunRecord => record.kind === 'run');
const of = <N extends AnalysisName>(name: N): AnalysisOf<N>[] =>
  records.filter((record): record is AnalysisOf<N> => record.kind === 'analysis' && record.analysis === name);
const ratio = {name: 'a step', peerName: 'another', ratio: 2, target: 1};
const figures: Readonly<Record<string, FigureSpec>> = {
  gap: generalizationGap(runs),
  curves: learningCurves(runs),
  line: lineScan(of('line')),
  boundary: decisionBoundary(of('boundary')),
  surface: lossSurface(of('surface')),
  profiles: basinProfiles(of('basin')),
  radii: radiusHistogram(of('basin')),
  speed: speedRatios([ratio, {...ratio, name: 'two steps'}]),
};
const figure = (name: string): FigureSpec => figures[name] ?? expect.fail(name);

it.each(Object.keys(figures))('compiles and runs without a warning, and draws the same: %s', async (name) => {
  const refuse = (...messages: readonly unknown[]): never => {
    throw new Error(messages.join(' '));
  };
  const logger = {level: () => logger, error: refuse, warn: refuse, info: () => logger, debug: () => logger};
  const {spec} = explorable(figure(name));
  const compiled = compile(spec, {logger: logger as never});
  const signals = JSON.stringify(compiled.spec);
  for (const {name: param} of (spec as {params?: {name: string}[]}).params ?? [])
    expect(signals).toContain(`"${param}_tuple"`);
  // As on the page, where nothing may be evaluated, every expression has to be one that Vega can interpret.
  expect(() => parse(compiled.spec, undefined, {ast: true})).not.toThrow();
  const view = new View(parse(compiled.spec), {renderer: 'none'});
  await view.runAsync();
  expect(await view.toSVG()).toContain('<svg');
  view.finalize();
});

it('zooms where axes are continuous, and not where contours are drawn', () => {
  const zooms = Object.keys(figures).filter((name) => explorable(figure(name)).zoom);
  expect(zooms).toEqual(['gap', 'curves', 'line', 'profiles', 'radii', 'speed']);
  // Never by the wheel alone, nor by a finger: both scroll the page.
  const text = JSON.stringify(explorable(figure('gap')).spec);
  expect(text).toContain('wheel![event.shiftKey]');
  expect(text).toContain(String.raw`event.pointerType !== \"touch\"`);
});

it('presses legends of several entries, and links panels over one axis', () => {
  expect(explorable(figure('curves'))).toMatchObject({legend: true, linked: true, values: true});
  expect(explorable(figure('boundary')).legend).toBe(true);
  expect(explorable(figure('gap'))).toMatchObject({legend: false, linked: false});
});

it('leaves out of a drawing to be kept what answers a pointer', () => {
  expect(JSON.stringify(withoutHover(figure('curves')))).not.toContain('hover-');
});

it('tells the rows of each panel, lists as rows of their own', () => {
  const tables = tablesOf(figure('curves'));
  expect(tables.map(({panel}) => panel)).toEqual(['Cross-entropy (nats)', 'Accuracy']);
  expect(tables[0]?.columns.map(({title}) => title)).toEqual(['network', 'data', 'step', 'loss']);
  expect(tables[0]?.rows[0]).toMatchObject({
    split: 'train',
    step: expect.any(Number),
    value: expect.any(Number),
  });
  const speeds = tablesOf(figure('speed'));
  expect(speeds).toHaveLength(1);
  expect(speeds[0]?.rows).toHaveLength(2);
  expect(tablesOf(figure('surface'))).toEqual([]);
});

it('writes CSV that keeps commas and quotation marks, and JSON', () => {
  const tables = [
    {panel: 'A, "a"', columns: [{field: 'x', title: 'X'}], rows: [{x: 1}, {x: null}]},
    {panel: 'B', columns: [{field: 'y', title: 'Y'}], rows: [{y: true}]},
  ];
  expect(toCsv(tables)).toBe('panel,x,y\r\n"A, ""a""",1,\r\n"A, ""a""",,\r\nB,,true\r\n');
  expect(JSON.parse(toJson(tables))).toEqual([
    {panel: 'A, "a"', rows: [{x: 1}, {x: null}]},
    {panel: 'B', rows: [{y: true}]},
  ]);
});
