/** Makes the numbers of a claim from what its text is made of. */
import {type Bracket, isExact} from './bracket.ts';
import type {ClaimMeasure, Known} from './claim-measure.ts';
import type {Level} from './level.ts';

type Heading = Pick<ClaimMeasure, 'name' | 'unit'> & Partial<Pick<ClaimMeasure, 'end' | 'cutoff'>>;

/** A measure over the seeds of one level. */
export function overSeeds(
  heading: Heading,
  {bySeed, median}: Pick<Level, 'bySeed' | 'median'>,
  bound: ClaimMeasure['bound'] = null,
): ClaimMeasure {
  const values = bySeed.map((value) => (value === undefined ? null : knownOf(value)));
  return {...heading, by: 'seed', values, median: knownOf(median), bound};
}

/** The medians of all levels, which no criterion is about. */
export function overLevels(heading: Heading, levels: readonly Level[]): ClaimMeasure {
  return {
    ...heading,
    by: 'level',
    values: levels.map(({median}) => knownOf(median)),
    poisonFactors: levels.map(({poisonFactor}) => poisonFactor),
    median: null,
    bound: null,
  };
}

/** A rank correlation over levels, and that of each seed alone; null where a side is constant. */
export function correlationOf(
  heading: Omit<Heading, 'unit'>,
  bySeed: readonly (Bracket | null)[],
  rho: Bracket | null,
  bound: ClaimMeasure['bound'],
): ClaimMeasure {
  const known = (value: Bracket | null): Known | null => (value === null ? null : knownOf(value));
  return {
    ...heading,
    unit: 'correlation',
    by: 'seed',
    values: bySeed.map(known),
    median: known(rho),
    bound,
  };
}

/** A bound that hangs on what else was measured; none where that is not known. */
export function leastOf(least: number): ClaimMeasure['bound'] {
  return Number.isFinite(least) ? {least} : null;
}

function knownOf(bracket: Bracket): Known {
  if (isExact(bracket)) return bracket.low;
  const {low, high} = bracket;
  return {...(Number.isFinite(low) && {least: low}), ...(Number.isFinite(high) && {most: high})};
}
