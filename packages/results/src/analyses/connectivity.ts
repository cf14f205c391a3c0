import * as z from 'zod';
import {count, finiteOrNull, fraction, nonNegative, poisonFactorSchema, sha256Schema} from '../fields.ts';
import {sameLength} from '../same-length.ts';

const pathSchema = z
  .strictObject({
    trainLoss: z.array(finiteOrNull).describe('Clean cross-entropy in nats per example'),
    trainAccuracy: z.array(fraction),
    testAccuracy: z.array(fraction),
    barrier: nonNegative
      .nullable()
      .describe(
        'How far the loss rises above the straight line between the losses of the ends; null: overflow',
      ),
  })
  .check(sameLength('trainLoss', 'trainAccuracy', 'testAccuracy'));

/** Two paths from this minimum to another one of the same data: the straight line, and a bend trained to be low. */
export const connectivityDataSchema = z
  .strictObject({
    otherPoisonFactor: poisonFactorSchema.describe('β of the minimum at the far end'),
    otherCheckpoint: sha256Schema.describe('Hash of the checkpoint at the far end'),
    distance: nonNegative.describe('Between the two, Euclidean, in raw parameters'),
    positions: z.array(fraction).min(2).describe('From 0 at this minimum to 1 at the other'),
    line: pathSchema,
    bend: pathSchema.describe('A quadratic Bézier curve'),
    steps: count.describe('Steps for which the bend was trained'),
  })
  .check(({value, issues}) => {
    for (const path of ['line', 'bend'] as const) {
      const {length} = value[path].trainLoss;
      if (length === value.positions.length) continue;
      const message = `expected ${value.positions.length} entries, as in positions, got ${length}`;
      issues.push({code: 'custom', message, path: [path, 'trainLoss'], input: length});
    }
  });
