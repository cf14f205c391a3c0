import * as z from 'zod';
import {count, fraction, nonNegative, positive} from '../fields.ts';
import {landscapeFields} from '../landscape-summary.ts';

const networkSchema = z.strictObject({
  trainLoss: nonNegative.describe('Clean cross-entropy in nats per example'),
  trainAccuracy: fraction,
  testAccuracy: fraction,
  ...landscapeFields,
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
    .describe(
      'Its last layer made smaller by a factor until the losses agree; null where its loss is no lower',
    ),
});
