/** A few of the committed results, which explorers are tried on: real networks, whose records say what must be seen. */
import {fileURLToPath} from 'node:url';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import type {Sources} from '../build-site.ts';

export const committed = fileURLToPath(new URL('../../../results', import.meta.url));

const SEEDS: ReadonlySet<number> = new Set([1, 2]);
/** The ends of the poison sweep, and three levels between. */
const LEVELS: ReadonlySet<number> = new Set([0, 0.00008, 0.00479587, 0.172355, 0.8]);

/** Copies records and checkpoints of the toy's first seeds, and all of the minefield. */
export async function copySources(folder: string): Promise<Sources> {
  const [results, benchmarks] = [join(folder, 'results'), join(folder, 'bench')];
  const [from, to] = [openStore(committed), openStore(results)];
  for (const record of await from.readRecords()) {
    if (record.experiment !== 'toy' && record.experiment !== 'minefield') continue;
    const wanted =
      record.kind === 'experiment' ||
      record.experiment === 'minefield' ||
      (SEEDS.has(record.seed) && LEVELS.has(record.poisonFactor));
    if (!wanted) continue;
    await to.writeRecord(record);
    if (record.kind !== 'run' || record.data.checkpoint === null) continue;
    const bytes = await from.readCheckpoint(record.experiment, record.data.checkpoint.sha256);
    await to.writeCheckpoint(record.experiment, bytes);
  }
  return {results, benchmarks};
}
