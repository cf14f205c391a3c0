import {at} from '@minefield/core';
import type {Cutoff} from '@minefield/spec';
import {atMost, isExact} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {bracketText, correlationText, medianText, percent, significant} from './format.ts';
import {judge} from './judge.ts';
import {type Level, type Measure, correlate, measureEnds, measureLevel} from './level.ts';
import {correlationOf, overSeeds} from './measured.ts';
import {alternativeMetric, alternativeVolume, cutoffTitle, finalMetric, isMiddle} from './measures.ts';
import type {Sweep} from './sweep.ts';

const FITS = 0.99;
const MOST = 0.1;
const ENOUGH = 6;

/** Claim 12: optimizers differ in what they find, but none that trains without poison comes near a bad minimum. */
export function naturalOptimizers(sweep: Sweep): Claim {
  const clean = at(sweep.spec.poisonFactors, 0);
  const found = [
    {name: 'the sweep’s own', train: finalMetric('trainAccuracy'), gap: finalMetric('generalizationGap')},
    ...optimizersOf(sweep).map((name) => ({
      name,
      train: alternativeMetric(name, 'trainAccuracy'),
      gap: alternativeMetric(name, 'generalizationGap'),
    })),
  ].map(({name, train, gap}) => {
    const level = (measure: Measure): Level => measureLevel(sweep, clean, measure);
    return {name, train: level(train), gap: level(gap)};
  });
  const fitting = found.filter(({train}) => train.median.low >= FITS);
  const {bad} = measureEnds(sweep, finalMetric('generalizationGap'));
  const poisoned = bad.poisonFactor > 0;
  const gapText = (gap: Level): string => medianText(gap, percent);
  const unfit = found.filter((one) => !fitting.includes(one));
  const cutoffs = sweep.spec.analyses.alternatives?.radii.cutoffs ?? [];
  const volumes = cutoffs.map((cutoff) => volumesAt(sweep, cutoff, fitting));
  return judge(
    {
      id: 12,
      title: 'Whatever the optimizer, training without poison does not end in a bad minimum',
      paper: 'gaps do not usually exceed 10%, whatever the optimizer (the authors’ post)',
      criterion:
        `of the optimizers without poison that fit (train ≥ ${percent(FITS)}, median over seeds), which have to be ` +
        `${ENOUGH} or more: median gap ≤ ${percent(MOST)} each`,
    },
    sweep,
    {levels: 2},
    {
      ours: [
        `${fitting.length} of ${found.length} fit`,
        ...fitting.map(({name, gap}) => `${name}: gap ${gapText(gap)}`),
        ...unfit.map(
          ({name, train, gap}) =>
            `${name} does not fit: train ${bracketText(train.median, percent)}, gap ${bracketText(gap.median, percent)}`,
        ),
        ...(poisoned ? [`with the most poison: gap ${gapText(bad)}`] : []),
        ...volumes.map(({text}) => text),
      ].join('; '),
      verdict: allOf([
        fitting.length >= ENOUGH ? 'pass' : 'undecided',
        ...fitting.map(({gap}) => atMost(gap.median, MOST)),
      ]),
      levels: [...found.flatMap(({train, gap}) => [train, gap]), bad],
      measures: [
        ...fitting.map(({name, gap}) =>
          overSeeds({name: `gap, ${name}`, unit: 'fraction'}, gap, {most: MOST}),
        ),
        ...(poisoned
          ? [overSeeds({name: 'gap with the most poison', end: 'bad', unit: 'fraction'}, bad)]
          : []),
        ...volumes.filter(({cutoff}) => isMiddle(cutoff, cutoffs)).map(({measure}) => measure),
      ],
      reason: `fewer than ${ENOUGH} optimizers fit the training set, or a median is not known`,
    },
  );
}

/** How far the volumes of those that fit lie apart, which no criterion is about, and how they go with the gaps. */
function volumesAt(sweep: Sweep, cutoff: Cutoff, fitting: readonly {name: string; gap: Level}[]) {
  const names = new Set(optimizersOf(sweep));
  const others = fitting.filter(({name}) => names.has(name));
  const levels = others.map(({name}) =>
    measureLevel(sweep, at(sweep.spec.poisonFactors, 0), alternativeVolume(name, 'own', cutoff)),
  );
  const rho = correlate(
    others.map(({gap}) => gap),
    levels,
  );
  const decades = levels.flatMap(({median}) => (isExact(median) ? [median.low / Math.LN10] : []));
  const range =
    decades.length === 0
      ? 'unknown'
      : `${significant(Math.min(...decades))} to ${significant(Math.max(...decades))}`;
  return {
    cutoff,
    text: `${cutoffTitle(cutoff)}: stable log₁₀ volume of the optimizers ${range}, ρ with their gaps ${correlationText(rho, 2, 'unknown')}`,
    measure: correlationOf(
      {name: `volume and gap over optimizers (${cutoff.kind} ${cutoff.value})`},
      [],
      rho,
      null,
    ),
  };
}

/** Names of the networks that differ in how they are optimized alone: by true labels, for the loss itself. */
export function optimizersOf({spec}: Sweep): string[] {
  return (spec.analyses.alternatives?.networks ?? [])
    .filter(({labelNoise, recipe}) => labelNoise === undefined && recipe.sharpnessAware === undefined)
    .map(({name}) => name);
}
