import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {rowsOf} from '../test/rows-of.ts';
import {records} from '../test/sample-figures.ts';
import {decisionBoundary} from './decision-boundary.ts';
import {learningCurves} from './learning-curves.ts';
import {trainedOtherwise} from './trained-otherwise.ts';
import {volumeAgainstGap} from './volume-against-gap.ts';

const run = syntheticRun();

describe('what a picture leaves out', () => {
  it('is told of points outside the square, which are drawn over nothing else', () => {
    const boundary = syntheticAnalysis('boundary', run);
    const {train} = boundary.data;
    const far = {...train, x: train.x.map((x, i) => (i < 3 ? 1e3 : x))};
    const whole = decisionBoundary([boundary]);
    const cut = decisionBoundary([{...boundary, data: {...boundary.data, train: far}}]);
    expect(whole.description).not.toContain('outside');
    expect(cut.description).toMatch(/ 3 points lie outside the square that is shown\.$/);
    expect(JSON.stringify(cut).match(/"mark":\{"type":"point"[^}]*"clip":true/g)).toHaveLength(2);
  });

  it('is told of networks without a volume', () => {
    const alternatives = records.analyses('alternatives');
    const [first, ...others] = alternatives;
    if (first === undefined || first.data.own === null) throw new Error('expected a network with a basin');
    const cutoffs = first.data.own.cutoffs.map((cutoff) => ({...cutoff, stableLogVolume: null}));
    const above = {...first, data: {...first.data, own: {...first.data.own, cutoffs}}};
    const known = trainedOtherwise([], alternatives).description ?? '';
    const one = trainedOtherwise([], [above, ...others]).description;
    const before = Number(/left out: (\d+)/.exec(known)?.[1] ?? 0);
    expect(one).toContain(` Without a volume there, and so left out: ${before + 1}.`);
  });
});

it('curves of a single evaluation are points, for a line of one is nothing', () => {
  const {curves} = run.data;
  const last = Object.fromEntries(Object.entries(curves).map(([name, values]) => [name, values.slice(-1)]));
  const once = {...run, data: {...run.data, curves: last as unknown as typeof curves}};
  const points = '"mark":{"type":"point","size":36,';
  expect(JSON.stringify(learningCurves([once]))).toContain(points);
  expect(JSON.stringify(learningCurves([run]))).not.toContain(points);
  // Beside others it alone: of four curves in a panel its two.
  const other = {...syntheticRun({seed: 2}), data: once.data};
  expect(rowsOf(learningCurves([run, other])).map(({length}) => length)).toEqual([4, 2, 4, 2]);
});

it('axes of whole numbers have no tick twice', () => {
  expect(JSON.stringify(volumeAgainstGap(records.runs(), records.analyses('basin')))).toContain(
    '"format":",d","tickMinStep":1',
  );
});
