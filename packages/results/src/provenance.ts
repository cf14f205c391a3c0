import * as z from 'zod';
import {count, nonNegative, positive} from './fields.ts';

const MOST_PACKAGES = 1000;

/** Counted first: zod has no bound on the keys of an object. */
const versionsSchema = z
  .looseObject({})
  .refine(
    (versions) => Object.keys(versions).length <= MOST_PACKAGES,
    `expected at most ${MOST_PACKAGES} packages`,
  )
  .pipe(z.record(z.string(), z.string()));

/** When, where and with what a record was made. Apart from the data: no number that is compared depends on it. */
export const provenanceSchema = z.strictObject({
  createdAt: z.iso.datetime().describe('When the work started, in UTC'),
  wallSeconds: nonNegative,
  packages: versionsSchema.describe('Version of each package that took part'),
  gitCommit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/, 'expected a full commit hash')
    .nullable(),
  gitDirty: z.boolean().describe('Whether tracked files other than results differed from the commit'),
  backend: z.strictObject({
    name: z.string().min(1),
    kernels: z.string().nullable().describe('Kernels registered over the stock ones; null for stock kernels'),
    device: z.string().nullable().describe('GPU or adapter; null for the CPU below'),
  }),
  machine: z.strictObject({
    name: z.string().min(1),
    id: z
      .string()
      .regex(/^[0-9a-f]{12}$/, 'expected 12 lower-case hexadecimal digits')
      .exactOptional()
      .describe('Drawn at random once for a machine, so that its records can be told from those of its like'),
    cpu: z.string(),
    cores: count,
    memoryGiB: positive,
    platform: z.string(),
  }),
  node: z.string().describe('Node.js version'),
});
