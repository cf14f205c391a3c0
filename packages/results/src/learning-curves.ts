import * as z from 'zod';
import {count, finite, fraction, nonNegative} from './fields.ts';
import {sameLength} from './same-length.ts';

/** One entry in each array for every evaluation. Losses are means in nats per example. */
export const learningCurvesSchema = z
  .strictObject({
    step: z.array(count).describe('Optimizer steps done'),
    trainLoss: z.array(nonNegative).describe('Cross-entropy on the training set, without the poison term'),
    trainAccuracy: z.array(fraction),
    poisonLoss: z.array(finite).describe('Mean −log(1 − p_y) on poison examples, without the factor β'),
    testLoss: z.array(nonNegative),
    testAccuracy: z.array(fraction),
    learningRate: z.array(nonNegative),
    gradientNorm: z.array(nonNegative).describe('Of the poisoned loss, before clipping'),
  })
  .check(
    sameLength(
      'step',
      'trainLoss',
      'trainAccuracy',
      'poisonLoss',
      'testLoss',
      'testAccuracy',
      'learningRate',
      'gradientNorm',
    ),
  );
