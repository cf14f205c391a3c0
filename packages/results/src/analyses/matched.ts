import * as z from 'zod';
import {count, finite, fraction, nonNegative, positive} from '../fields.ts';
import {spreadSchema} from '../kink.ts';

const cutoffSchema = z.strictObject({
  kind: z.enum(['loss', 'excess']),
  value: positive,
  meanRadius: nonNegative
    .nullable()
    .describe('Relative; null where the network itself lies above the cutoff'),
  stableLogVolume: finite.nullable().describe('n · mean(log r) + log ω_n, natural logarithm, relative'),
});

const networkSchema = z.strictObject({
  trainLoss: nonNegative.describe('Clean cross-entropy in nats per example'),
  trainAccuracy: fraction,
  testAccuracy: fraction,
  largestEigenvalue: finite.describe('Of the Hessian of the clean training loss, in relative coordinates'),
  underMoves: spreadSchema.exactOptional().describe('The same at points next to the network'),
  cutoffs: z.array(cutoffSchema).min(1),
});

/** A poisoned network beside the one of the same seed without poison, at the same training loss. */
export const matchedDataSchema = z.strictObject({
  poisoned: networkSchema,
  natural: networkSchema.describe('At the end of its training'),
  stopped: z
    .strictObject({step: count, network: networkSchema})
    .nullable()
    .describe('Where its loss first was no higher than the poisoned one; null where it never was'),
  scaled: z
    .strictObject({factor: positive, network: networkSchema})
    .nullable()
    .describe('Its last layer made smaller by a factor until the losses agree; null where its loss is no lower'),
});
