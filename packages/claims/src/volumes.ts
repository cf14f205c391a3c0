import type {Bracket} from './bracket.ts';
import {type Claim, type Verdict, allOf} from './claim.ts';
import {correlationList, correlationText} from './format.ts';
import {judge} from './judge.ts';
import {type Level, correlate, correlationsBySeed, measureLevel} from './level.ts';
import {correlationOf} from './measured.ts';
import type {Cutoff} from '@minefield/spec';
import {
  anchorLoss,
  basinMeasure,
  cutoffText,
  cutoffTitle,
  finalMetric,
  isMiddle,
  logVolume,
  preconditionedVolume,
  stableLogVolume,
  stretchesAt,
} from './measures.ts';
import {LAST_LEVELS, reachOf} from './reach.ts';
import type {Sweep} from './sweep.ts';
import {LEVELS_FOR_CORRELATION, UNKNOWN_MEDIAN, verdictOf} from './trends.ts';

const BOUND = {most: -0.8};

/**
 * Claim 7: the wider the gap, the smaller the basin. A volume is a lower bound in practice, so the stable statistic and
 * the volume by stretched rays stand beside it, and where they disagree in sign nothing is decided. Cutoffs relative to
 * the anchor are shown as a control; the criterion speaks of fixed ones.
 */
export function volumeFallsWithGap(sweep: Sweep): Claim {
  const gaps = levelsOf(sweep, finalMetric('generalizationGap'));
  const anchors = levelsOf(sweep, anchorLoss);
  const parts = (sweep.spec.analyses.basin?.cutoffs ?? []).map((cutoff) =>
    atCutoff(sweep, cutoff, gaps, anchors),
  );
  const fixed = parts.filter(({cutoff}) => cutoff.kind === 'loss');
  return judge(
    {
      id: 7,
      title: 'Basin volume falls as the gap widens',
      paper: 'log volume and gap are anticorrelated',
      criterion:
        "Spearman's ρ of per-level medians (log volume, relative coordinates, against gap) ≤ −0.8 at every fixed cutoff",
    },
    sweep,
    {levels: LEVELS_FOR_CORRELATION},
    {
      ours: parts.length > 0 ? parts.map(({text}) => text).join('; ') : 'no basins in this experiment',
      verdict: allOf(fixed.map(({verdict}) => verdict)),
      levels: [...gaps, ...(parts[0]?.levels ?? [])],
      measures: [...parts.flatMap(({measures}) => measures), ...parts.flatMap(({reach}) => reach)],
      reason: fixed.some(({disagree}) => disagree)
        ? 'the volume and what stands beside it disagree in sign'
        : UNKNOWN_MEDIAN,
    },
  );
}

function atCutoff(sweep: Sweep, cutoff: Cutoff, gaps: readonly Level[], anchors: readonly Level[]) {
  const volumes = levelsOf(sweep, basinMeasure(cutoff, logVolume));
  const rho = correlate(gaps, volumes);
  const bySeed = correlationsBySeed(gaps, volumes, sweep.spec.seeds);
  const {last, within, given} = reachOf(gaps, volumes, anchors);
  const reached = [
    {name: `over the last ${LAST_LEVELS} levels`, rho: last},
    {name: 'within a level, over seeds', rho: within},
    {name: "given the minimum's own loss", rho: given},
  ].filter((one) => one.rho !== null);
  const beside = besideIt(sweep, cutoff).map(({name, levels}) => ({
    name,
    levels,
    rho: correlate(gaps, levels),
  }));
  const signs = [rho, ...beside.map((other) => other.rho)].flatMap((one) =>
    one === null ? [] : signsOf(one),
  );
  const disagree = new Set(signs).size > 1;
  const verdict: Verdict =
    disagree || beside.some((other) => other.rho === null)
      ? 'undecided'
      : verdictOf(rho, [...gaps, ...volumes], (value) => value <= BOUND.most);
  const text = [
    `${cutoffTitle(cutoff)}: ρ = ${correlationText(rho, 3, 'unknown')} ` +
      `(by seed ${correlationList(bySeed)})`,
    ...beside.map((other) => `${other.name} ${correlationText(other.rho, 3, 'unknown')}`),
    ...reached.map((other) => `${other.name} ${correlationText(other.rho, 2, 'unknown')}`),
  ].join(', ');
  const measures = [
    correlationOf(
      {name: 'volume and gap', cutoff: cutoffText(cutoff)},
      bySeed,
      rho,
      cutoff.kind === 'loss' ? BOUND : null,
    ),
    ...beside.map((other) =>
      correlationOf({name: `${other.name} and gap`, cutoff: cutoffText(cutoff)}, [], other.rho, null),
    ),
  ];
  return {
    cutoff,
    verdict,
    text,
    disagree,
    measures,
    // Of one cutoff alone: they are no estimates of the same thing, and a figure gives each a place of its own.
    reach: (isMiddle(cutoff, sweep.spec.analyses.basin?.cutoffs) ? reached : []).map((other) =>
      correlationOf({name: `${other.name} (loss ${cutoff.value})`}, [], other.rho, null),
    ),
    levels: [volumes, ...beside.map(({levels}) => levels)].flat(),
  };
}

/** What a volume is held against. */
function besideIt(sweep: Sweep, cutoff: Cutoff): {name: string; levels: Level[]}[] {
  return [
    {name: 'stable statistic', levels: levelsOf(sweep, basinMeasure(cutoff, stableLogVolume))},
    ...(stretchesAt(sweep, cutoff)
      ? [{name: 'stretched rays', levels: levelsOf(sweep, preconditionedVolume(cutoff))}]
      : []),
  ];
}

function levelsOf(sweep: Sweep, measure: Parameters<typeof measureLevel>[2]): Level[] {
  return sweep.spec.poisonFactors.map((poisonFactor) => measureLevel(sweep, poisonFactor, measure));
}

function signsOf({low, high}: Bracket): number[] {
  return [Math.sign(low), Math.sign(high)];
}
