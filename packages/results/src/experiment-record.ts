import {experimentSpecSchema} from '@minefield/spec';
import * as z from 'zod';
import {poisonFactorSchema, seedSchema, sha256Schema, slugSchema} from './fields.ts';

const jobFields = {identity: sha256Schema, seed: seedSchema, poisonFactor: poisonFactorSchema};

/** What an experiment consists of: its spec and the identities of its jobs, done or not. */
export const experimentRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('experiment'),
  experiment: slugSchema,
  profile: slugSchema,
  title: z.string().min(1),
  spec: experimentSpecSchema,
  jobs: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({kind: z.literal('run'), ...jobFields}),
      z.strictObject({kind: z.literal('analysis'), analysis: slugSchema, ...jobFields}),
    ]),
  ),
});
