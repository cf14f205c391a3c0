/** Outcome of `pnpm chaos --json`: sweeps that were broken, and what came of them. */
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import * as z from 'zod';
import {readChecked} from './read-json.ts';

export const CHAOS_FILE = 'chaos.json';

const count = z.int().nonnegative();
const counts = {faults: count, lost: count, duplicated: count, differing: count, stray: count};

const chaosSchema = z.object({
  ...counts,
  kinds: z.array(z.object({...counts, name: z.string().min(1), sweeps: count})),
});

export type Chaos = z.infer<typeof chaosSchema>;

/** null where there is no such file. */
export async function loadChaos(folder: string): Promise<Chaos | null> {
  const file = join(folder, CHAOS_FILE);
  const there = await access(file).then(
    () => true,
    () => false,
  );
  return there ? readChecked(file, chaosSchema, 'write it again with `pnpm -s chaos --json`') : null;
}
