import * as z from 'zod';
import {count, finite, finiteOrNull, nonNegative, positive} from '../fields.ts';
import {volumeEstimateSchema} from '../volume-estimate.ts';

const cutoffSchema = z
  .strictObject({
    kind: z.enum(['loss', 'excess']).describe('Whether value is a loss or an excess over the anchor'),
    value: positive,
    threshold: positive.describe('Training loss at which a ray leaves the basin'),
    applicable: z.boolean().describe('false where the anchor itself lies above the threshold'),
    radii: z
      .array(nonNegative.nullable())
      .describe('First crossing along each direction, relative coordinates; null: none before maximumRadius'),
    censored: count.describe('How many radii are null'),
    meanRadius: nonNegative
      .nullable()
      .describe('Censored directions counted at maximumRadius; null: inapplicable'),
    relative: volumeEstimateSchema.nullable().describe('In scale-free coordinates'),
    raw: volumeEstimateSchema.nullable().describe('In parameter space: relative + log det S'),
  })
  .check(({value, issues}) => {
    const nulls = value.radii.filter((radius) => radius === null).length;
    if (value.censored !== nulls) {
      const message = `expected the number of null radii, ${nulls}, got ${value.censored}`;
      issues.push({code: 'custom', message, path: ['censored'], input: value.censored});
    }
    if (!value.applicable && value.radii.length > 0) {
      const message = `expected no radii for an inapplicable cutoff, got ${value.radii.length}`;
      issues.push({code: 'custom', message, path: ['radii'], input: value.radii});
    }
  });

/** How far the training loss stays low around a minimum, along many directions. */
export const basinDataSchema = z.strictObject({
  anchorLoss: nonNegative,
  dimension: count.describe('Parameters that a direction moves: n'),
  parameters: count.describe('All parameters: P'),
  logDeterminant: finite.describe('log det S, from relative to raw coordinates'),
  maximumRadius: positive,
  tolerance: positive.describe('Relative tolerance of the radii'),
  cutoffs: z.array(cutoffSchema).min(1),
  profiles: z
    .strictObject({
      distances: z.array(nonNegative),
      losses: z.array(z.array(finiteOrNull)).describe('[directions, distances]; null where not finite'),
    })
    .check(({value, issues}) => {
      value.losses.forEach((losses, index) => {
        if (losses.length === value.distances.length) return;
        const message = `expected ${value.distances.length} entries, as in distances, got ${losses.length}`;
        issues.push({code: 'custom', message, path: ['losses', index], input: losses});
      });
    }),
});
