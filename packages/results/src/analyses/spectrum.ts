import * as z from 'zod';
import {count, finite, fraction, nonNegative} from '../fields.ts';
import {sameLength} from '../same-length.ts';

const extremeSchema = z.strictObject({
  value: finite,
  residual: nonNegative.nullable().describe('‖Hv − λv‖ / |λ|; null where it is not finite'),
});
const traceSchema = z.strictObject({
  trace: finite,
  standardError: nonNegative.nullable().describe('null for one sample'),
});

/** The spectrum of the Hessian of the clean training loss, in relative coordinates: of S H S. */
export const spectrumDataSchema = z.strictObject({
  dimension: count.describe('How many eigenvalues there are: parameters that move'),
  largest: extremeSchema.describe('Algebraically largest eigenvalue'),
  smallest: extremeSchema.describe('Algebraically smallest eigenvalue'),
  converged: z.boolean().describe('Whether both extremes met their tolerance'),
  trace: z.strictObject({
    hutchinson: traceSchema,
    hutchPlusPlus: traceSchema,
    samples: count.describe('Random vectors of each method'),
  }),
  layers: z
    .strictObject({
      name: z.array(z.string()),
      trace: z.array(finite),
      standardError: z.array(nonNegative.nullable()),
    })
    .check(sameLength('name', 'trace', 'standardError'))
    .describe("Traces of the Hessian's diagonal blocks, one for each slice of the parameters that moves"),
  density: z
    .strictObject({
      nodes: z.array(finite).describe('Eigenvalues of the quadrature, rising'),
      weights: z.array(fraction).describe('Share of the spectrum at each; they sum to 1'),
    })
    .check(sameLength('nodes', 'weights'))
    .describe('By stochastic Lanczos quadrature'),
  method: z.enum(['exact', 'central differences']).describe('How Hessian-vector products were made'),
  selfCheck: nonNegative.describe('Relative disagreement of a product with central differences'),
});
