import {at} from '@minefield/core';
import {atLeast, difference, unknown} from './bracket.ts';
import {type Claim, type ClaimStatement, type Verdict, allOf} from './claim.ts';
import {bracketList, bracketText, correlationText, medianText, percent, significant} from './format.ts';
import {type Breadth, judge} from './judge.ts';
import {type Level, type Measure, correlate, measureEnds, measureLevel} from './level.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import {overSeeds} from './measured.ts';
import type {Cutoff} from '@minefield/spec';
import {
  basinMeasure,
  cutoffText,
  cutoffTitle,
  finalMetric,
  logVolume,
  preconditionedVolume,
  rawStableLogVolume,
  stableLogVolume,
  stretchesAt,
} from './measures.ts';
import type {Sweep} from './sweep.ts';
import {UNKNOWN_MEDIAN, gapRisesBy} from './trends.ts';
import {
  type Interval,
  type LogVolumeOf,
  byAllRays,
  byLargestRay,
  radiiOfEnds,
  ratioInterval,
  volumeRatio,
} from './volume-ratio.ts';

const BREADTH: Breadth = {levels: 2};

/** What the sweep of pictures has at least. */
const LEVELS = 6;

const FITS = 0.99;
const APART = 0.5;

/** 10,000 decades over the paper's 270,000 weights. */
const DECADES_A_DIMENSION = 0.037;
const DECADES = 10_000;

/** A network with as many weights is taken for one of the paper's size. */
const PAPER_SIZE = 250_000;

/** How a claim speaks of the pictures of a sweep. */
function named(sweep: Sweep): string {
  const {model} = sweep.spec;
  const network = model.name === 'res-net' ? `, ResNet-${model.depth ?? 20}` : '';
  return picturesOf(sweep) + network;
}

/** The pictures of a sweep alone. */
export function picturesOf(sweep: Sweep): string {
  const {dataset, poisonFactors, seeds} = sweep.spec;
  if (dataset.name === 'house-numbers') return 'House numbers';
  const [first] = poisonFactors.flatMap((level) => seeds.flatMap((seed) => sweep.run(level, seed) ?? []));
  return first === undefined ? 'SVHN, or what was derived from it' : (first.dataset.label ?? 'SVHN');
}

/** Claim 8: both ends fit the training set, and only one of them generalizes. */
export function pictureMinima(sweep: Sweep): Claim {
  const train = measureEnds(sweep, finalMetric('trainAccuracy'));
  const test = measureEnds(sweep, finalMetric('testAccuracy'));
  const end = (name: 'good' | 'bad'): string =>
    `${name}: train ${medianText(train[name], percent)}, test ${medianText(test[name], percent)}`;
  return judge(
    {
      id: 8,
      title: `${named(sweep)}: a bad minimum fits as well as a good one`,
      paper: 'train 100% and 100%, test 97% and 29%',
      criterion: 'median over seeds: train ≥ 99% at both ends of the sweep, test apart by ≥ 50 points',
    },
    sweep,
    BREADTH,
    {
      ours: `${end('good')}; ${end('bad')}`,
      verdict: allOf([
        atLeast(train.good.median, FITS),
        atLeast(train.bad.median, FITS),
        atLeast(difference(test.good.median, test.bad.median), APART),
      ]),
      levels: [train.good, train.bad],
      reason: UNKNOWN_MEDIAN,
      measures: [
        overSeeds({name: 'train accuracy', end: 'good', unit: 'fraction'}, train.good, {least: FITS}),
        overSeeds({name: 'train accuracy', end: 'bad', unit: 'fraction'}, train.bad, {least: FITS}),
        overSeeds({name: 'test accuracy', end: 'good', unit: 'fraction'}, test.good),
        overSeeds({name: 'test accuracy', end: 'bad', unit: 'fraction'}, test.bad, apartFrom(test.good)),
      ],
    },
  );
}

/** Claim 9: the more poison, the wider the gap. */
export function pictureGapRises(sweep: Sweep): Claim {
  return gapRisesBy(
    sweep,
    {
      id: 9,
      title: `${named(sweep)}: the generalization gap rises with the poison factor`,
      paper: 'rises monotonically',
      criterion: "Spearman's ρ of per-level medians ≥ 0.9",
    },
    {levels: LEVELS},
  );
}

/**
 * Claim 10: how many decades the good basin is larger. The claim is about a network of the paper's size; a smaller one is
 * held to as many decades a dimension, and leaves it undecided.
 *
 * It is judged by the stable statistic. The mean of r^n is carried by the longest of a few rays, so that in 270,000 dimensions
 * its ratio moves by thousands of decades when other rays are drawn; it stands beside, and must not disagree in sign.
 */
export function pictureVolumeRatio(sweep: Sweep): Claim {
  const cutoffs = sweep.spec.analyses.basin?.cutoffs ?? [];
  const weights = sweep.run(at(sweep.spec.poisonFactors, -1), at(sweep.spec.seeds, 0))?.model.weights;
  const small = weights === undefined || weights < PAPER_SIZE;
  const needed = weights !== undefined && small ? DECADES_A_DIMENSION * weights : DECADES;
  const parts = cutoffs.map((cutoff) => ratioAt(sweep, cutoff, needed));
  const fixed = parts.filter(({cutoff}) => cutoff.kind === 'loss');
  const verdict = allOf(fixed.map((part) => part.verdict));
  const held =
    weights === undefined ? '' : `, asked ${significant(needed)} of ${weights.toLocaleString('en')} weights`;
  return judge(volumeStatement(sweep), sweep, BREADTH, {
    ours:
      parts.length > 0
        ? `decades, good over bad${held}: ${parts.map(({text}) => text).join('; ')}`
        : 'no basins in this experiment',
    verdict: small ? 'undecided' : verdict,
    levels: fixed.flatMap(({levels}) => levels),
    measures: parts.flatMap(({measures}) => measures),
    reason: small
      ? `the claim is about the paper's 270,000 weights (by as many decades a dimension the verdict would be ${verdict})`
      : 'volumes are censored or inapplicable, or the estimates disagree in sign',
  });
}

function volumeStatement(sweep: Sweep): ClaimStatement {
  return {
    id: 10,
    title: `${named(sweep)}: the good basin is larger by thousands of decades`,
    paper: 'at least 10,000 orders of magnitude',
    criterion:
      'log10 of the volume of the good basin over that of the bad one (relative, by the stable statistic, median over ' +
      'seeds) ≥ 10,000 at every fixed cutoff, and no estimate of the other sign; 0.037 a dimension of a smaller network, ' +
      'which leaves the claim undecided',
  };
}

interface Estimate {
  readonly name: string;
  readonly measure: Measure;
  /** How it is had from radii, where records hold them. */
  readonly fromRadii?: LogVolumeOf;
}

/** The first is what the criterion asks of; the others must not disagree with it in sign. */
const estimatesAt = (sweep: Sweep, cutoff: Cutoff): readonly [Estimate, ...Estimate[]] => [
  {name: 'stable statistic', measure: basinMeasure(cutoff, stableLogVolume), fromRadii: byAllRays},
  {name: 'volume', measure: basinMeasure(cutoff, logVolume), fromRadii: byLargestRay},
  ...(stretchesAt(sweep, cutoff) ? [{name: 'stretched rays', measure: preconditionedVolume(cutoff)}] : []),
];

function ratioAt(sweep: Sweep, cutoff: Cutoff, needed: number) {
  const radii = radiiOfEnds(sweep, cutoff);
  const ratios = estimatesAt(sweep, cutoff).map(({name, measure, fromRadii}) => ({
    name,
    ...volumeRatio(sweep, measure),
    interval: radii && fromRadii ? ratioInterval(radii, fromRadii) : null,
  }));
  const raw = volumeRatio(sweep, basinMeasure(cutoff, rawStableLogVolume));
  const signs = new Set(ratios.flatMap(({ratio}) => [Math.sign(ratio.low), Math.sign(ratio.high)]));
  const verdict: Verdict = signs.size > 1 ? 'undecided' : atLeast(ratios[0]?.ratio ?? unknown, needed);
  const text =
    `${cutoffTitle(cutoff)}: ` +
    [
      ...ratios.map(
        ({name, ratio, bySeed, interval}) =>
          `${name} ${bracketText(ratio, significant)} (${bracketList(bySeed, significant)}${inWords(interval)})`,
      ),
      `stable statistic in raw coordinates ${medianText({median: raw.ratio, bySeed: raw.bySeed}, significant)}`,
      ...alongLevels(sweep, cutoff),
    ].join(', ');
  const levels: readonly Level[] = ratios.flatMap((ratio) => ratio.levels);
  const heading = {unit: 'decades', cutoff: cutoffText(cutoff)} as const;
  const measures = [
    ...ratios.map(({name, bySeed, ratio, interval}, i) => ({
      ...overSeeds(
        {name, ...heading},
        {bySeed, median: ratio},
        i === 0 && cutoff.kind === 'loss' ? {least: needed} : null,
      ),
      ...(interval && {interval}),
    })),
    overSeeds(
      {name: 'stable statistic, raw coordinates', ...heading},
      {bySeed: raw.bySeed, median: raw.ratio},
    ),
  ];
  return {cutoff, text, verdict, levels, measures};
}

/** How volumes go with the gap over all levels, where there are enough of them: by the stable statistic, in either coordinates. */
function alongLevels(sweep: Sweep, cutoff: Cutoff): string[] {
  const {poisonFactors} = sweep.spec;
  if (poisonFactors.length < LEVELS) return [];
  const over = (measure: Measure): Level[] =>
    poisonFactors.map((level) => measureLevel(sweep, level, measure));
  const gaps = over(finalMetric('generalizationGap'));
  const [relative, raw] = [stableLogVolume, rawStableLogVolume].map((statistic) =>
    correlationText(correlate(gaps, over(basinMeasure(cutoff, statistic))), 2, 'none'),
  );
  return [
    `ρ of the stable statistic with the gap over ${poisonFactors.length} levels ${relative}, in raw coordinates ${raw}`,
  ];
}

function inWords(interval: Interval | null): string {
  return interval === null
    ? ''
    : `; 95% over seeds and rays ${significant(interval.least)} to ${significant(interval.most)}`;
}

/** Where the test accuracy of the bad end must lie to be far enough from that of the good end. */
function apartFrom({median}: Level): ClaimMeasure['bound'] {
  return Number.isFinite(median.low) ? {most: median.low - APART} : null;
}
