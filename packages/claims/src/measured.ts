/** The numbers of a claim for programs that draw them, beside the text that tells them. */
import * as z from 'zod';
import type {DeepReadonly} from '@minefield/spec';
import {type Bracket, isExact} from './bracket.ts';
import type {Level} from './level.ts';

/** A number, or what is known of one: an end is left out where nothing bounds it, both where nothing is known. */
const knownSchema = z.union([
  z.number(),
  z.strictObject({least: z.number().optional(), most: z.number().optional()}),
]);

export const measureSchema = z.strictObject({
  /** What was measured: `test accuracy`. */
  name: z.string().min(1),
  /** The end of the sweep that it was measured at; left out where it is of the whole sweep, or of neither. */
  end: z.enum(['good', 'bad']).optional(),
  /** Where basins were cut off, as `ours` writes it; left out where none was. */
  cutoff: z.string().optional(),
  /** `fraction` is 0 .. 1, `correlation` −1 .. 1; `relative` are relative coordinates, `decades` powers of ten. */
  unit: z.enum(['fraction', 'correlation', 'nats', 'relative', 'input units', 'decades', 'count']),
  /** Whether `values` are one for each seed or one for each level of the poison factor, in the order of the spec. */
  by: z.enum(['seed', 'level']),
  /** Null where a record is missing. Empty where only `median` was computed. */
  values: z.array(knownSchema.nullable()),
  /** Factors of the levels, where `by` says `level`. */
  poisonFactors: z.array(z.number().nonnegative()).optional(),
  /** What the criterion is held against: the median of the values, or the correlation of the per-level medians. Null for neither. */
  median: knownSchema.nullable(),
  /** Where the criterion wants `median` to lie, whose words say whether an end belongs to it; null where it asks nothing. */
  bound: z.strictObject({least: z.number().optional(), most: z.number().optional()}).nullable(),
});

/** One quantity of a claim. */
export type ClaimMeasure = DeepReadonly<z.infer<typeof measureSchema>>;

type Known = z.infer<typeof knownSchema>;
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
