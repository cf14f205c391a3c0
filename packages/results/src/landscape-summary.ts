import * as z from 'zod';
import {finite, nonNegative, positive} from './fields.ts';
import {spreadSchema} from './kink.ts';

/** Rays that a summary's mean radius and volume count as long as they were followed, so both are lower ends. */
export const censoredSchema = z
  .int()
  .positive()
  .exactOptional()
  .describe(
    'Rays that had not left the basin where they were followed no farther; left out where there is none',
  );

const cutoffSchema = z.strictObject({
  kind: z.enum(['loss', 'excess']),
  value: positive,
  censored: censoredSchema,
  meanRadius: nonNegative
    .nullable()
    .describe('Relative; null where the network itself lies above the cutoff'),
  stableLogVolume: finite.nullable().describe('n · mean(log r) + log ω_n, natural logarithm, relative'),
});

/** What is measured where a network is one of several that an analysis compares. */
export const landscapeFields = {
  largestEigenvalue: finite.describe('Of the Hessian of the loss, in relative coordinates'),
  underMoves: spreadSchema.exactOptional().describe('The same at points next to the network'),
  cutoffs: z.array(cutoffSchema).min(1),
};
