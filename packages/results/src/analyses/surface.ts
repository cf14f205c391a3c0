import * as z from 'zod';
import {finite, finiteOrNull} from '../fields.ts';

/** Training loss over θ + x·d₁ + y·d₂; the settings name the directions. */
export const surfaceDataSchema = z
  .strictObject({
    xs: z.array(finite).min(2),
    ys: z.array(finite).min(2),
    trainLoss: z.array(finiteOrNull).describe('[ys, xs], row-major; null where not finite'),
  })
  .check(({value, issues}) => {
    const {xs, ys, trainLoss} = value;
    if (trainLoss.length === xs.length * ys.length) return;
    const message = `expected ${ys.length} × ${xs.length} = ${xs.length * ys.length} entries, got ${trainLoss.length}`;
    issues.push({code: 'custom', message, path: ['trainLoss'], input: trainLoss});
  });
