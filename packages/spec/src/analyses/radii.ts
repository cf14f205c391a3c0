import * as z from 'zod';
import {cutoffSchema} from '../cutoff.ts';
import {count, positive} from '../fields.ts';
import {examplesFilter} from '../run-filter.ts';

/** How radii are measured. */
export const radiiSettings = {
  ...examplesFilter,
  directions: count,
  cutoffs: z.array(cutoffSchema).min(1),
  /** Where a ray that has not crossed is censored. */
  maximumRadius: positive,
  /** Relative tolerance of a radius. */
  tolerance: positive.max(0.1),
};
