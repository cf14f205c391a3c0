import * as z from 'zod';
import {count, finite, nonNegative} from '../fields.ts';
import {kinkSchema, movesFields, spreadSchema} from '../kink.ts';

/** The largest eigenvalue of the Hessian of the clean training loss. */
export const curvatureDataSchema = z.strictObject({
  largestEigenvalue: z.strictObject({
    relative: finite.describe('Of S H S: scale-free coordinates'),
    raw: finite.describe('Of H'),
  }),
  method: z.enum(['exact', 'central differences']).describe('How Hessian-vector products were made'),
  selfCheck: nonNegative.describe('Relative disagreement of a product with central differences'),
  iterations: count,
  residual: z
    .strictObject({relative: nonNegative, raw: nonNegative})
    .describe('‖Hv − λv‖ / |λ| of the eigenpair found'),
  errorBound: z
    .strictObject({relative: nonNegative, raw: nonNegative})
    .exactOptional()
    .describe('An eigenvalue lies within this of the value; not in records before version 6'),
  kink: kinkSchema.exactOptional().describe('Not in records before version 6 of the algorithm'),
  underMoves: z
    .strictObject({...movesFields, relative: spreadSchema, raw: spreadSchema})
    .exactOptional()
    .describe('The same eigenvalue at points next to the minimum; not in records before version 6'),
});
