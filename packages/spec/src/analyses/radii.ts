import * as z from 'zod';
import {cutoffSchema} from '../cutoff.ts';
import {positive, upTo} from '../fields.ts';
import {examplesFilter} from '../run-filter.ts';

/** How radii are measured. */
export const radiiSettings = {
  ...examplesFilter,
  directions: upTo(100_000),
  cutoffs: z.array(cutoffSchema).min(1).max(100),
  /** Where a ray that has not crossed is censored. */
  maximumRadius: positive,
  /** Relative tolerance of a radius. */
  tolerance: positive.max(0.1),
};
