import * as z from 'zod';
import {count, finite, finiteOrNull, fraction} from '../fields.ts';
import {sameLength} from '../same-length.ts';
import {wholeGrid} from '../whole-grid.ts';

const pathSchema = z
  .strictObject({
    step: z.array(count).describe('Steps done; 0 is the initialization, the last the checkpoint'),
    x: z.array(finite),
    y: z.array(finite),
  })
  .check(sameLength('step', 'x', 'y'));

/** Training loss over the plane of the first two principal components of the way that training took. */
export const trajectoryDataSchema = z
  .strictObject({
    path: pathSchema.describe('Seen from the checkpoint, which lies at 0, 0'),
    explainedVariance: z
      .tuple([fraction, fraction])
      .describe("Share of the path's variance along each component"),
    xs: z.array(finite).min(2),
    ys: z.array(finite).min(2),
    trainLoss: z.array(finiteOrNull).describe('[ys, xs], row-major; null where not finite'),
  })
  .check(wholeGrid);
