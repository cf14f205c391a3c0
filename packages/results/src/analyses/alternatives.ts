import * as z from 'zod';
import {count, finite, fraction, nonNegative} from '../fields.ts';
import {finalMetricsSchema} from '../final-metrics.ts';
import {landscapeFields} from '../landscape-summary.ts';

const landscapeSchema = z.strictObject({
  examples: count.describe('Whose mean loss it is'),
  loss: nonNegative.describe('Of the network, in nats per example'),
  accuracy: fraction,
  ...landscapeFields,
});

/** A network that was trained otherwise than the run whose seed it shares. */
export const alternativesDataSchema = z.strictObject({
  outcome: z.enum(['completed', 'target-reached', 'diverged']),
  steps: count,
  final: finalMetricsSchema
    .nullable()
    .describe(
      'Train accuracy is that on the examples that it was trained on, with their labels as they were then',
    ),
  distance: nonNegative
    .nullable()
    .describe('Euclidean, from where its training began; null where it diverged'),
  meanMargin: nonNegative
    .nullable()
    .exactOptional()
    .describe('Of its own examples, over those whose boundary was found; null where there is none'),
  missingMargins: z
    .int()
    .positive()
    .exactOptional()
    .describe('Own examples near which no boundary was found; left out where there is none'),
  logDeterminant: finite
    .nullable()
    .exactOptional()
    .describe(
      'What raw log volumes have more than relative ones; null where it diverged, left out where not asked for',
    ),
  own: landscapeSchema.nullable().describe('Of the examples that it was trained on; null where it diverged'),
  reference: landscapeSchema
    .nullable()
    .describe("Of the run's first training examples; null where none were asked for, or it diverged"),
});
