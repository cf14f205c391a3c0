import {runSpecSchema} from '@minefield/spec';
import * as z from 'zod';
import {checkpointSchema} from './checkpoint-reference.ts';
import {
  algorithmVersionsSchema,
  count,
  hashedTextSchema,
  numericsSchema,
  poisonFactorSchema,
  seedSchema,
  sha256Schema,
  slugSchema,
} from './fields.ts';
import {finalMetricsSchema} from './final-metrics.ts';
import {learningCurvesSchema} from './learning-curves.ts';
import {provenanceSchema} from './provenance.ts';

const runDataSchema = z
  .strictObject({
    outcome: z.enum(['completed', 'target-reached', 'diverged']),
    steps: count,
    curves: learningCurvesSchema.describe('Up to the last evaluation whose numbers were all finite'),
    final: finalMetricsSchema.nullable().describe('null exactly when the run diverged'),
    checkpoint: checkpointSchema
      .nullable()
      .describe('File in the folder of the experiment; null where none was kept'),
  })
  .check(({value, issues}) => {
    if ((value.outcome === 'diverged') === (value.final === null)) return;
    const message = `expected null exactly when the run diverged, got ${value.final === null ? 'null' : 'metrics'}`;
    issues.push({code: 'custom', message, path: ['final'], input: value.final});
  });

/** One trained network: what was asked, what came out. */
export const runRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('run'),
  identity: sha256Schema,
  experiment: slugSchema,
  seed: seedSchema,
  poisonFactor: poisonFactorSchema,
  numerics: numericsSchema,
  algorithmVersions: algorithmVersionsSchema,
  spec: runSpecSchema.describe("This run's part of the experiment's spec"),
  dataset: z.strictObject({
    name: z.string().min(1),
    fingerprint: hashedTextSchema,
    label: z.string().nullable().describe('What readers must know of the data, such as "unofficial"'),
    train: count,
    test: count,
    poison: count.describe('Poison examples in all, or in each step where they are drawn anew'),
  }),
  model: z.strictObject({
    name: z.string().min(1),
    parameters: count,
    weights: count.describe('Parameters that a filter-normalized direction moves'),
  }),
  data: runDataSchema,
  provenance: provenanceSchema,
});
