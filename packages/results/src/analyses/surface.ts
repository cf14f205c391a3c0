import * as z from 'zod';
import {finite, finiteOrNull, positive} from '../fields.ts';

const windowFields = {
  xs: z.array(finite).min(2),
  ys: z.array(finite).min(2),
  trainLoss: z.array(finiteOrNull).describe('[ys, xs], row-major; null where not finite'),
};

type Window = z.infer<z.ZodObject<typeof windowFields>>;

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
      .check(wholeWindow)
      .nullable()
      .exactOptional()
      .describe('A window to the measure of this minimum; null where its own loss is above the cutoff'),
  })
  .check(wholeWindow);

function wholeWindow({value, issues}: z.core.ParsePayload<Window>): void {
  const {xs, ys, trainLoss} = value;
  if (trainLoss.length === xs.length * ys.length) return;
  const message = `expected ${ys.length} × ${xs.length} = ${xs.length * ys.length} entries, got ${trainLoss.length}`;
  issues.push({code: 'custom', message, path: ['trainLoss'], input: trainLoss});
}
