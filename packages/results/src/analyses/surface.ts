import * as z from 'zod';
import {finite, finiteOrNull, positive} from '../fields.ts';
import {wholeGrid} from '../whole-grid.ts';

const windowFields = {
  xs: z.array(finite).min(2),
  ys: z.array(finite).min(2),
  trainLoss: z.array(finiteOrNull).describe('[ys, xs], row-major; null where not finite'),
};

/** Training loss over θ + x·d₁ + y·d₂; the settings name the directions. */
export const surfaceDataSchema = z
  .strictObject({
    ...windowFields,
    fitted: z
      .strictObject({
        radius: positive.describe(
          'Geometric mean of the distances at which the loss first reaches the cutoff, all around in the plane',
        ),
        ...windowFields,
      })
      .check(wholeGrid)
      .nullable()
      .exactOptional()
      .describe('A window to the measure of this minimum; null where its own loss is above the cutoff'),
  })
  .check(wholeGrid);
