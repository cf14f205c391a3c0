import type {Cutoff} from '@minefield/spec';
import {goodIsWider} from './basins.ts';
import {type Claim, allOf} from './claim.ts';
import {correlationList, correlationText} from './format.ts';
import {judge} from './judge.ts';
import {type Level, type Measure, correlate, correlationsBySeed, measureLevel} from './level.ts';
import {correlationOf} from './measured.ts';
import {
  alternativeMetric,
  alternativeVolume,
  asTrainedOtherwise,
  cutoffText,
  cutoffTitle,
  titled,
} from './measures.ts';
import {badMinimum} from './minima.ts';
import {badIsSharper} from './sharpness.ts';
import type {Sweep} from './sweep.ts';
import {LEVELS_FOR_CORRELATION, UNKNOWN_MEDIAN, marginFalls, verdictOf} from './trends.ts';

const CALLED = 'polished on the clean loss';
const BOUND = {most: -0.8};

/**
 * Claims 2 and 4 to 7 by the same criteria, of what becomes of the minima when training goes on from each without poison: those
 * of the poisoned loss are none of the clean one. Claim 7 is by the stable statistic, which is what such records have.
 *
 * @param name of the networks that were trained on
 */
export function polishedClaims(sweep: Sweep, name: string): Claim[] {
  const of = asTrainedOtherwise(sweep, name, CALLED);
  return [
    badMinimum(sweep, of),
    marginFalls(sweep, of),
    badIsSharper(sweep, of),
    goodIsWider(sweep, of),
    volumeFallsWithGap(sweep, name),
  ];
}

/** The one kind of network of an experiment that goes on from every level of a sweep; null where there is none, or several. */
export function polishedOf({spec}: Sweep): string | null {
  const {networks, poisonFactors} = spec.analyses.alternatives ?? {networks: []};
  const [network, ...others] = networks;
  return network?.from === 'minimum' && others.length === 0 && poisonFactors === undefined
    ? network.name
    : null;
}

function volumeFallsWithGap(sweep: Sweep, name: string): Claim {
  const of = asTrainedOtherwise(sweep, name, CALLED);
  const levelsOf = (measure: Measure): Level[] =>
    sweep.spec.poisonFactors.map((poisonFactor) => measureLevel(sweep, poisonFactor, measure));
  const gaps = levelsOf(alternativeMetric(name, 'generalizationGap'));
  const parts = of.cutoffs.map((cutoff: Cutoff) => {
    const volumes = levelsOf(alternativeVolume(name, 'own', cutoff));
    const rho = correlate(gaps, volumes);
    const bySeed = correlationsBySeed(gaps, volumes, sweep.spec.seeds);
    return {cutoff, volumes, rho, bySeed};
  });
  const fixed = parts.filter(({cutoff}) => cutoff.kind === 'loss');
  return judge(
    {
      id: 7,
      ...titled('Basin volume falls as the gap widens', of),
      paper: 'log volume and gap are anticorrelated',
      criterion:
        "Spearman's ρ of per-level medians (stable log volume, relative coordinates, against gap) ≤ −0.8 at every fixed cutoff",
    },
    sweep,
    {levels: LEVELS_FOR_CORRELATION},
    {
      ours: parts
        .map(
          ({cutoff, rho, bySeed}) =>
            `${cutoffTitle(cutoff)}: ρ = ${correlationText(rho, 3, 'unknown')} (by seed ${correlationList(bySeed)})`,
        )
        .join('; '),
      verdict: allOf(
        fixed.map(({rho, volumes}) => verdictOf(rho, [...gaps, ...volumes], (value) => value <= BOUND.most)),
      ),
      levels: [...gaps, ...parts.flatMap(({volumes}) => volumes)],
      measures: parts.map(({cutoff, rho, bySeed}) =>
        correlationOf(
          {name: 'volume and gap', cutoff: cutoffText(cutoff)},
          bySeed,
          rho,
          cutoff.kind === 'loss' ? BOUND : null,
        ),
      ),
      reason: UNKNOWN_MEDIAN,
    },
  );
}
