/** The numbers of a claim in its document, for programs that draw them. */
import type {DeepReadonly} from '@minefield/spec';
import * as z from 'zod';

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
  /** Where 95% of the medians lie over seeds and rays drawn anew from those measured; left out where it was not computed. */
  interval: z.strictObject({least: z.number(), most: z.number()}).optional(),
  /** Where the criterion wants `median` to lie, whose words say whether an end belongs to it; null where it asks nothing. */
  bound: z.strictObject({least: z.number().optional(), most: z.number().optional()}).nullable(),
});

/** One quantity of a claim. */
export type ClaimMeasure = DeepReadonly<z.infer<typeof measureSchema>>;

/** A number, or where it lies. */
export type Known = z.infer<typeof knownSchema>;
