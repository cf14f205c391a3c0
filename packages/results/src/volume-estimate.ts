import * as z from 'zod';
import {count, finite, fraction, nonNegative} from './fields.ts';

/** A basin's volume with what is needed to judge it. Logarithms are natural. */
export const volumeEstimateSchema = z.strictObject({
  logVolume: finite.nullable().describe('log V; null where it is not finite, with the reason below'),
  effectiveSampleSize: nonNegative,
  largestWeight: fraction.describe('Share of the estimate that its largest direction carries'),
  logVolumeAtHalf: finite.nullable().describe('The estimate from the first half of the directions'),
  censored: count.describe('Directions that met no cutoff before the maximum radius'),
  directions: count,
  stableLogVolume: finite.nullable().describe("The paper's simpler statistic: n · mean(log r) + log ω_n"),
  verdict: z.enum(['reliable', 'lower bound', 'unreliable', 'unbounded']),
  reason: z.string().min(1),
});
