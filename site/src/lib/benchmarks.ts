/** Outcomes of `bench --json`, one document a file. */
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import * as z from 'zod';
import {CHAOS_FILE} from './chaos.ts';
import {readChecked} from './read-json.ts';

const benchmarkSchema = z.object({
  machine: z.union([z.string(), z.record(z.string(), z.unknown())]),
  rows: z.array(
    z.object({
      name: z.string().min(1),
      unit: z.string(),
      ours: z.number(),
      peer: z.number().nullable(),
      peerName: z.string().nullable(),
      ratio: z.number().nullable(),
      target: z.number().nullable(),
      met: z.boolean().nullable(),
    }),
  ),
  /** GFLOP/s of one core. */
  peaks: z
    .object({fma128: z.number(), widest: z.object({speed: z.number(), bits: z.number()}).nullable()})
    .optional(),
  growth: z
    .array(
      z.object({
        name: z.string().min(1),
        sizes: z.array(z.number()),
        seconds: z.array(z.number()),
        slope: z.number(),
      }),
    )
    .optional(),
});

export type Benchmark = z.infer<typeof benchmarkSchema> & {readonly file: string};

/** Measurements of another form that lie beside them. */
const OTHERS = [CHAOS_FILE, 'many-jobs.json'];

/** Every document of the folder in the order of file names; none where there is no such folder. */
export async function loadBenchmarks(folder: string): Promise<readonly Benchmark[]> {
  const files = await readdir(folder).catch(() => []);
  const documents = files.filter((file) => file.endsWith('.json') && !OTHERS.includes(file)).toSorted();
  return Promise.all(
    documents.map(async (file) => {
      const benchmark = await readChecked(
        join(folder, file),
        benchmarkSchema,
        'write it again with `bench --json`',
      );
      return {...benchmark, file};
    }),
  );
}
