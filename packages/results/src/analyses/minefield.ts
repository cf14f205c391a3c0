import * as z from 'zod';
import {count, finite, finiteOrNull, fraction, nonNegative, positive, sha256Schema} from '../fields.ts';
import {sameLength} from '../same-length.ts';

const place = {x: z.array(finite), y: z.array(finite)};

const pathSchema = z
  .strictObject({
    step: z.array(count).describe('Steps done at each point of the path; the last is its end'),
    trainLoss: z.array(nonNegative).describe('Clean cross-entropy in nats per example'),
    trainAccuracy: z.array(fraction),
    testAccuracy: z.array(fraction),
    ...place,
  })
  .check(sameLength('step', 'trainLoss', 'trainAccuracy', 'testAccuracy', 'x', 'y'));

const minimaSchema = z
  .strictObject({
    start: z.array(count).describe('Step of the path from which each was sought'),
    steps: z.array(count).describe('Steps of the search'),
    trainLoss: z.array(finiteOrNull),
    trainAccuracy: z.array(fraction),
    poisonLoss: z.array(finiteOrNull).describe('Mean −log(1 − p_y) on the poison, without the factor β'),
    testAccuracy: z.array(fraction),
    gradientNorm: z.array(finiteOrNull).describe('Of the poisoned loss, before the last step of the search'),
    distance: z.array(nonNegative).describe('‖θ − start‖, Euclidean, in raw parameters'),
    ...place,
  })
  .check(
    sameLength(
      'start',
      'steps',
      'trainLoss',
      'trainAccuracy',
      'poisonLoss',
      'testAccuracy',
      'gradientNorm',
      'distance',
      'x',
      'y',
    ),
  );

/** The path of a run and what was found around it, mapped to the plane: principal components, then t-SNE. */
export const minefieldDataSchema = z.strictObject({
  stepsPerEpoch: positive,
  parameters: count.describe('Dimension of the space that the map flattens'),
  path: pathSchema,
  minima: minimaSchema.describe('Where the searches ended, well or badly; without those that diverged'),
  diverged: count.describe('Searches that left no minimum'),
  embedding: z.strictObject({
    explainedVariance: z
      .array(fraction)
      .describe('Share of the variance along each principal component kept'),
    neighboursKept: fraction.describe(
      "Share of each point's ten nearest (fewer where there are not so many) that are among its ten nearest on the map",
    ),
  }),
  searches: z.array(sha256Schema).describe('Hashes of the files of minima that were read'),
});
