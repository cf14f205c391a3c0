import * as z from 'zod';
import {finite, finiteOrNull, fraction, nonNegative, positive} from '../fields.ts';

/** The local learning coefficient of the clean training loss, by Langevin chains about the checkpoint. */
export const llcDataSchema = z.strictObject({
  learningCoefficient: finite.nullable().describe('λ̂; null where a chain diverged or never moved'),
  standardError: nonNegative.nullable().describe('Within chains, allowing for correlation'),
  chainSpread: nonNegative.nullable().describe('Standard deviation between chains'),
  rHat: nonNegative
    .nullable()
    .optional()
    .describe(
      'Split-R̂ of the losses: 1 where all chains have settled, 1.1 and more where they have not; absent before version 2',
    ),
  inverseTemperature: positive.describe('nβ = n / ln n'),
  anchorLoss: nonNegative,
  chains: z
    .array(
      z.strictObject({
        coefficient: finiteOrNull,
        acceptance: fraction.nullable().describe('Share of steps accepted; null for SGLD, which accepts all'),
        trace: z
          .array(finiteOrNull)
          .describe('nβ (L − L*) in the mean of each of as many equal blocks of draws'),
      }),
    )
    .min(1),
  warning: z.string().nullable().describe('What speaks against the estimate'),
});
