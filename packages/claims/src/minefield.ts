import {at, median} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import {atLeast, exactly} from './bracket.ts';
import {type Claim, type ClaimStatement, allOf} from './claim.ts';
import {medianText, percent, significant} from './format.ts';
import {judge} from './judge.ts';
import {measureLevel} from './level.ts';
import {overSeeds} from './measured.ts';
import {analysisMeasure, finalMetric} from './measures.ts';
import type {Sweep} from './sweep.ts';

const ENDS_WELL = 0.98;
const FITS = 0.99;
const NEARLY_FITS = 0.95;
const FAILS_ELSEWHERE = 0.53;
const IN_NUMBER = 50;

const STATEMENT: ClaimStatement = {
  id: 11,
  title: 'Bad minima lie around the path of ordinary training',
  paper:
    'bad minima that fit the training set almost perfectly, with test accuracy under 53%; SGD ends at 98.5% test',
  criterion:
    `SGD’s end point (median over seeds): test ≥ ${percent(ENDS_WELL)}; around its path, bad minima (train ≥ ${percent(FITS)}, ` +
    `test < ${percent(FAILS_ELSEWHERE)}): ≥ ${IN_NUMBER}`,
};

/** Claim 11, where nothing was run to decide it. */
export function minefieldNotRun(): Claim {
  const {id, title, paper, criterion} = STATEMENT;
  const ours = 'not measured; undecided because there are no results of the experiment minefield';
  return {
    id,
    experiment: 'minefield',
    title,
    paper,
    ours,
    criterion,
    verdict: 'undecided',
    records: [],
    measures: [],
  };
}

/** Claim 11: ordinary training ends well, and bad minima were all around it. */
export function badMinimaAround(sweep: Sweep): Claim {
  const {spec} = sweep;
  const level = at(spec.poisonFactors, 0);
  const ends = measureLevel(sweep, level, finalMetric('testAccuracy'));
  const searched = spec.seeds.filter((seed) => spec.analyses.minefield?.seeds?.includes(seed) ?? true);
  const maps = searched.flatMap((seed) => sweep.analysis('minefield', level, seed) ?? []);
  const found = measureLevel(sweep, level, badMinima, searched);
  const end = `SGD’s end: test ${medianText(ends, percent)}`;
  return judge(
    STATEMENT,
    sweep,
    {levels: 1},
    {
      ours: [end, ...maps.map(inWords)].join('; '),
      verdict: allOf([atLeast(ends.median, ENDS_WELL), atLeast(found.median, IN_NUMBER)]),
      measures: [
        overSeeds({name: 'test accuracy of SGD’s end', unit: 'fraction'}, ends, {least: ENDS_WELL}),
        overSeeds({name: 'bad minima around its path', unit: 'count'}, found, {least: IN_NUMBER}),
      ],
      levels: [ends, found],
      reason: 'the median over paths is not known (diverged runs)',
    },
  );
}

const badMinima = analysisMeasure('minefield', (data) => exactly(countBad(data, FITS)));

/** Minima with at least this training accuracy that fail elsewhere. */
function countBad({minima}: AnalysisOf<'minefield'>['data'], fits: number): number {
  return minima.testAccuracy.filter(
    (test, i) => test < FAILS_ELSEWHERE && at(minima.trainAccuracy, i) >= fits,
  ).length;
}

function inWords(map: AnalysisOf<'minefield'>): string {
  const {minima, diverged} = map.data;
  const searches = minima.start.length;
  const of = `seed ${map.seed}: ${countBad(map.data, FITS)} of ${searches + diverged} searches found a bad minimum`;
  if (searches === 0) return of;
  return (
    `${of} (${countBad(map.data, NEARLY_FITS)} with train ≥ ${percent(NEARLY_FITS)}), ` +
    `${range('train', minima.trainAccuracy)}, ${range('test', minima.testAccuracy)}, ` +
    `median distance ${significant(median(minima.distance))}${diverged > 0 ? `, ${diverged} diverged` : ''}`
  );
}

/** `train 98.5% to 100% (median 99.2%)` */
function range(name: string, accuracies: readonly number[]): string {
  return (
    `${name} ${percent(Math.min(...accuracies))} to ${percent(Math.max(...accuracies))} ` +
    `(median ${percent(median(accuracies))})`
  );
}
