import {type Bracket, exactly, isExact} from './bracket.ts';
import type {Claim, ClaimStatement, Verdict} from './claim.ts';
import {correlationList, correlationText, significant} from './format.ts';
import {type Breadth, judge} from './judge.ts';
import {type Level, type Measure, correlate, correlationsBySeed, measureLevel} from './level.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import {correlationOf, overLevels} from './measured.ts';
import {asTrained, finalMetric, titled} from './measures.ts';
import type {Sweep} from './sweep.ts';

/** Fewer levels leave a rank correlation to chance: of 8, one swap of neighbours costs 0.024. */
export const LEVELS_FOR_CORRELATION = 8;

/** Claim 3: the more poison, the wider the gap. */
export function gapRises(sweep: Sweep): Claim {
  return gapRisesBy(
    sweep,
    {
      id: 3,
      title: 'The generalization gap rises with the poison factor',
      paper: 'rises monotonically',
      criterion: "Spearman's ρ of per-level medians ≥ 0.9",
    },
    {levels: LEVELS_FOR_CORRELATION},
  );
}

/** The same by another statement. */
export function gapRisesBy(sweep: Sweep, statement: ClaimStatement, breadth: Breadth): Claim {
  const bound = {least: 0.9};
  const {levels, rho, ours, measures} = trend(
    sweep,
    finalMetric('generalizationGap'),
    'median gap',
    'fraction',
    bound,
  );
  const verdict = verdictOf(rho, levels, (value) => value >= bound.least);
  return judge(statement, sweep, breadth, {ours, verdict, levels, measures, reason: UNKNOWN_MEDIAN});
}

/** Claim 4: the more poison, the closer the boundary passes to the training points. */
export function marginFalls(sweep: Sweep, of = asTrained(sweep)): Claim {
  const bound = {most: -0.9};
  const {levels, rho, ours, measures} = trend(
    sweep,
    of.meanMargin,
    'median of mean margins',
    'input units',
    bound,
  );
  return judge(
    {
      id: 4,
      ...titled('The mean margin falls with the poison factor', of),
      paper: 'bad minima squeeze the boundary against the training points',
      criterion: "Spearman's ρ of per-level medians ≤ −0.9",
    },
    sweep,
    {levels: LEVELS_FOR_CORRELATION},
    {
      ours,
      verdict: verdictOf(rho, levels, (value) => value <= bound.most),
      levels,
      measures,
      reason: UNKNOWN_MEDIAN,
    },
  );
}

export const UNKNOWN_MEDIAN = 'the median of a level is not known (diverged, censored or inapplicable runs)';

/** A measure that is constant over the sweep has no correlation, so it fails; one that may be either way decides nothing. */
export function verdictOf(
  rho: Bracket | null,
  levels: readonly Level[],
  holds: (rho: number) => boolean,
): Verdict {
  if (rho === null) return levels.every(({median}) => isExact(median)) ? 'fail' : 'undecided';
  const ends = [holds(rho.low), holds(rho.high)];
  return ends.every(Boolean) ? 'pass' : ends.some(Boolean) ? 'undecided' : 'fail';
}

function trend(
  sweep: Sweep,
  measure: Measure,
  name: string,
  unit: ClaimMeasure['unit'],
  bound: ClaimMeasure['bound'],
) {
  const {poisonFactors, seeds} = sweep.spec;
  const levels = poisonFactors.map((poisonFactor) => measureLevel(sweep, poisonFactor, measure));
  const factors = levels.map((level): Level => ({
    ...level,
    median: exactly(level.poisonFactor),
    bySeed: seeds.map(() => exactly(level.poisonFactor)),
  }));
  const rho = correlate(factors, levels);
  const bySeed = correlationsBySeed(factors, levels, seeds);
  const medians = levels
    .map(({median}) => (median.low === median.high ? significant(median.low) : '–'))
    .join(', ');
  const ours =
    `ρ = ${correlationText(rho, 3, 'none')} over ${poisonFactors.length} levels ` +
    `(by seed ${correlationList(bySeed)}); ${name} ${medians}`;
  const measures = [
    correlationOf({name: 'correlation with poison'}, bySeed, rho, bound),
    overLevels({name, unit}, levels),
  ];
  return {levels, rho, ours, measures};
}
