import * as z from 'zod';
import {count, finite, fraction, nonNegative} from '../fields.ts';
import {kinkSchema, movesFields, spreadSchema} from '../kink.ts';
import {sameLength} from '../same-length.ts';

const extremeSchema = z.strictObject({
  value: finite,
  residual: nonNegative.nullable().describe('‖Hv − λv‖ / |λ|; null where it is not finite'),
  errorBound: nonNegative
    .exactOptional()
    .describe('An eigenvalue lies within this of the value; not in records before version 2'),
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
  converged: z
    .boolean()
    .describe(
      'Whether the error bound of each extreme met its tolerance; before version 2, whether residuals were small against the larger one',
    ),
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
  kink: kinkSchema.exactOptional().describe('Not in records before version 2 of the algorithm'),
  underMoves: z
    .strictObject({...movesFields, largest: spreadSchema, smallest: spreadSchema})
    .exactOptional()
    .describe('The extremes at points next to the minimum; not in records before version 2'),
});
