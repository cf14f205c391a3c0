import {atLeast, atMost, isExact} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {type Format, medianText, percent} from './format.ts';
import {judge} from './judge.ts';
import {type Level, measureEnds} from './level.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import {overSeeds} from './measured.ts';
import {type MinimumMeasures, asTrained, titled} from './measures.ts';
import type {Sweep} from './sweep.ts';

/**
 * Claim 1: clean training finds a minimum that generalizes. Judged on fresh points where the data have some: a test set of 200
 * tells half a percent from none, and its medians hung on two points.
 */
export function goodMinimum(sweep: Sweep): Claim {
  const of = asTrained(sweep);
  const [train, test, fresh] = accuracies(sweep, 'good', of);
  return judge(
    {
      id: 1,
      title: 'Good minimum: fits the training set and generalizes',
      paper: 'train 100%, test 100%',
      criterion: 'median over seeds: train 100%, on points never seen (fresh ones, else the test set) ≥ 98%',
    },
    sweep,
    {levels: 1},
    {
      ours: accuracyText(train, test, fresh),
      verdict: allOf([atLeast(train.median, 1), atLeast(unseen(sweep, 'good', of).median, 0.98)]),
      levels: [train],
      measures: accuracyMeasures('good', {train, test, fresh}, {train: {least: 1}, unseen: {least: 0.98}}),
    },
  );
}

/** Claim 2: the same architecture has a minimum that fits as well and fails on nearly everything else. */
export function badMinimum(sweep: Sweep, of = asTrained(sweep)): Claim {
  const [train, test, fresh] = accuracies(sweep, 'bad', of);
  return judge(
    {
      id: 2,
      ...titled('Bad minimum: fits the training set and does not generalize', of),
      paper: 'train 100%, test 7%',
      criterion:
        'median over seeds at the largest poison factor: train ≥ 99.5%, on points never seen (fresh ones, else the test set) ≤ 10%',
    },
    sweep,
    {levels: 2},
    {
      ours: accuracyText(train, test, fresh),
      verdict: allOf([atLeast(train.median, 0.995), atMost(unseen(sweep, 'bad', of).median, 0.1)]),
      levels: [train],
      measures: accuracyMeasures('bad', {train, test, fresh}, {train: {least: 0.995}, unseen: {most: 0.1}}),
    },
  );
}

function accuracies(
  sweep: Sweep,
  end: 'good' | 'bad',
  {final}: MinimumMeasures,
): [train: Level, test: Level, fresh: Level] {
  return [
    measureEnds(sweep, final('trainAccuracy'))[end],
    measureEnds(sweep, final('testAccuracy'))[end],
    measureEnds(sweep, final('freshAccuracy'))[end],
  ];
}

/** On fresh points, or on the test set of data that have none. */
function unseen(sweep: Sweep, end: 'good' | 'bad', {final}: MinimumMeasures): Level {
  return measureEnds(sweep, (...which) => {
    const fresh = final('freshAccuracy')(...which);
    return fresh !== undefined && isExact(fresh.value) ? fresh : final('testAccuracy')(...which);
  })[end];
}

function accuracyText(train: Level, test: Level, fresh: Level): string {
  const part = (name: string, level: Level, format: Format): string => `${name} ${medianText(level, format)}`;
  // Of 10,000 points, where a hundredth of a percent is one.
  const exact: Format = (value) => `${Number((100 * value).toFixed(2))}%`;
  return [
    part('train', train, percent),
    part('test', test, percent),
    part('fresh points', fresh, exact),
  ].join(', ');
}

function accuracyMeasures(
  end: 'good' | 'bad',
  levels: Readonly<Record<'train' | 'test' | 'fresh', Level>>,
  bounds: Readonly<Record<'train' | 'unseen', ClaimMeasure['bound']>>,
): ClaimMeasure[] {
  const known = isExact(levels.fresh.median);
  const of = (name: string, level: Level, bound: ClaimMeasure['bound']): ClaimMeasure =>
    overSeeds({name, end, unit: 'fraction'}, level, bound);
  return [
    of('train accuracy', levels.train, bounds.train),
    of('test accuracy', levels.test, known ? null : bounds.unseen),
    of('accuracy on fresh points', levels.fresh, known ? bounds.unseen : null),
  ];
}
