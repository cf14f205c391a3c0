import * as z from 'zod';
import {finite, nonNegative, positive} from '../fields.ts';
import {censoredSchema} from '../landscape-summary.ts';

const coordinatesSchema = z.strictObject({
  relative: finite.nullable().describe('Scale-free; null where the network lies above the cutoff'),
  raw: finite.nullable().describe('In parameter space'),
});

const cutoffSchema = z.strictObject({
  kind: z.enum(['loss', 'excess']),
  value: positive,
  censored: censoredSchema,
  meanRadius: nonNegative.nullable().describe('Relative'),
  stableLogVolume: coordinatesSchema.describe('n · mean(log r) + log ω_n, natural logarithm'),
});

const weightsSchema = z.strictObject({
  norm: nonNegative.describe('Of all parameters, Euclidean'),
  trainLoss: nonNegative.describe('That of the network, up to rounding'),
  largestEigenvalue: z.strictObject({relative: finite, raw: finite}),
  cutoffs: z.array(cutoffSchema).min(1),
});

/** A network in other units: four sets of weights that make the same function. */
export const unitsDataSchema = z.strictObject({
  trained: weightsSchema.describe('As training left them'),
  layer: weightsSchema.describe('The middle hidden layer multiplied, the next divided'),
  neurons: weightsSchema.describe('Some neurons of that layer alone'),
  balanced: weightsSchema.describe(
    'Of the smallest norm: what comes into each neuron as long as what goes out',
  ),
});
