import {atLeast, atMost} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {bracketList, bracketText, percent} from './format.ts';
import {judge} from './judge.ts';
import {type Level, measureEnds} from './level.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import {overSeeds} from './measured.ts';
import {finalMetric} from './measures.ts';
import type {Sweep} from './sweep.ts';

/** Claim 1: clean training finds a minimum that generalizes. */
export function goodMinimum(sweep: Sweep): Claim {
  const [train, test, fresh] = accuracies(sweep, 'good');
  return judge(
    {
      id: 1,
      title: 'Good minimum: fits the training set and generalizes',
      paper: 'train 100%, test 100%',
      criterion: 'median over seeds: train 100%, test ≥ 98%',
    },
    sweep,
    {levels: 1},
    {
      ours: accuracyText(train, test, fresh),
      verdict: allOf([atLeast(train.median, 1), atLeast(test.median, 0.98)]),
      levels: [train],
      measures: accuracyMeasures('good', {train, test, fresh}, {train: {least: 1}, test: {least: 0.98}}),
    },
  );
}

/** Claim 2: the same architecture has a minimum that fits as well and fails on nearly everything else. */
export function badMinimum(sweep: Sweep): Claim {
  const [train, test, fresh] = accuracies(sweep, 'bad');
  return judge(
    {
      id: 2,
      title: 'Bad minimum: fits the training set and does not generalize',
      paper: 'train 100%, test 7%',
      criterion: 'median over seeds at the largest poison factor: train ≥ 99.5%, test ≤ 10%',
    },
    sweep,
    {levels: 2},
    {
      ours: accuracyText(train, test, fresh),
      verdict: allOf([atLeast(train.median, 0.995), atMost(test.median, 0.1)]),
      levels: [train],
      measures: accuracyMeasures('bad', {train, test, fresh}, {train: {least: 0.995}, test: {most: 0.1}}),
    },
  );
}

function accuracies(sweep: Sweep, end: 'good' | 'bad'): [train: Level, test: Level, fresh: Level] {
  return [
    measureEnds(sweep, finalMetric('trainAccuracy'))[end],
    measureEnds(sweep, finalMetric('testAccuracy'))[end],
    measureEnds(sweep, finalMetric('freshAccuracy'))[end],
  ];
}

function accuracyText(train: Level, test: Level, fresh: Level): string {
  const part = (name: string, level: Level): string =>
    `${name} ${bracketText(level.median, percent)} (${bracketList(level.bySeed, percent)})`;
  return [part('train', train), part('test', test), part('fresh points', fresh)].join(', ');
}

function accuracyMeasures(
  end: 'good' | 'bad',
  levels: Readonly<Record<'train' | 'test' | 'fresh', Level>>,
  bounds: Readonly<Record<'train' | 'test', ClaimMeasure['bound']>>,
): ClaimMeasure[] {
  const of = (name: string, level: Level, bound: ClaimMeasure['bound']): ClaimMeasure =>
    overSeeds({name, end, unit: 'fraction'}, level, bound);
  return [
    of('train accuracy', levels.train, bounds.train),
    of('test accuracy', levels.test, bounds.test),
    of('accuracy on fresh points', levels.fresh, null),
  ];
}
