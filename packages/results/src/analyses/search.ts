import * as z from 'zod';
import {checkpointSchema} from '../checkpoint-reference.ts';
import {count, finiteOrNull, fraction, nonNegative} from '../fields.ts';
import {sameLength} from '../same-length.ts';

const columns = {
  start: z.array(count).describe('Step of the run from whose parameters each search began'),
  outcome: z.array(z.enum(['completed', 'target-reached', 'diverged'])),
  steps: z.array(count).describe('Steps of the search'),
  trainLoss: z
    .array(finiteOrNull)
    .describe('Clean cross-entropy in nats per example, where the search ended'),
  trainAccuracy: z.array(fraction.nullable()),
  poisonLoss: z.array(finiteOrNull).describe('Mean −log(1 − p_y) on the poison, without the factor β'),
  testAccuracy: z.array(fraction.nullable()),
  gradientNorm: z.array(finiteOrNull).describe('Of the poisoned loss, before the last step'),
  distance: z.array(nonNegative.nullable()).describe('‖θ − start‖, Euclidean, in raw parameters'),
};

/** Searches for bad minima from points on the path of a run; null where a search diverged. */
export const searchDataSchema = z
  .strictObject({
    ...columns,
    checkpoint: checkpointSchema
      .nullable()
      .describe('Where the searches ended: each tensor [searches, ...shape]'),
  })
  .check(
    sameLength(
      'start',
      'outcome',
      'steps',
      'trainLoss',
      'trainAccuracy',
      'poisonLoss',
      'testAccuracy',
      'gradientNorm',
      'distance',
    ),
  );
