import * as z from 'zod';
import {count, finite, nonNegative, positive} from '../fields.ts';
import {sameLength} from '../same-length.ts';
import {volumeEstimateSchema} from '../volume-estimate.ts';

const convergenceSchema = z
  .strictObject({
    directions: z
      .array(z.int().positive())
      .describe('How many of the first directions: powers of two, then all'),
    logVolume: z.array(finite.nullable()).describe('The relative estimate from so many'),
  })
  .check(sameLength('directions', 'logVolume'));

const cutoffSchema = z.strictObject({
  kind: z.enum(['loss', 'excess']).describe('Whether value is a loss or an excess over the anchor'),
  value: positive,
  threshold: positive.describe('Training loss at which a ray leaves the basin'),
  applicable: z.boolean().describe('false where the anchor itself lies above the threshold'),
  censored: count.describe('Directions that met no cutoff before maximumRadius'),
  relative: volumeEstimateSchema.nullable().describe('In scale-free coordinates'),
  raw: volumeEstimateSchema.nullable().describe('In parameter space: relative + log det S'),
  convergence: convergenceSchema.nullable().describe('null: inapplicable'),
});

/** Volumes by rays stretched along the flat directions of the Hessian. */
export const preconditionedDataSchema = z.strictObject({
  anchorLoss: nonNegative,
  dimension: count.describe('Parameters that a direction moves: n'),
  logDeterminant: finite.describe('log det S, from relative to raw coordinates'),
  maximumRadius: positive.describe('In multiples of a stretched ray'),
  tolerance: positive.describe('Relative tolerance of the radii'),
  preconditioner: z.strictObject({
    probes: count.describe('Products or gradients spent on the diagonal, before the rays were drawn'),
    largestStretch: positive.describe('Largest entry of P, whose determinant is 1'),
    smallestStretch: positive,
    method: z
      .enum(['exact', 'central differences', 'squared gradients'])
      .describe(
        "How Hessian-vector products were made for Hutchinson's estimate; or squares of gradients in their place",
      ),
    selfCheck: nonNegative
      .nullable()
      .describe('Relative disagreement of a product with central differences; null without products'),
  }),
  cutoffs: z.array(cutoffSchema).min(1),
});
