/** A few of the committed results, which explorers are tried on: real networks, whose records say what must be seen. */
import {fileURLToPath} from 'node:url';
import {join} from 'node:path';
import type {ResultRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import type {Sources} from '../build-site.ts';

export const committed = fileURLToPath(new URL('../../../results', import.meta.url));

const SEEDS: ReadonlySet<number> = new Set([1, 2]);
/** The ends of the poison sweep, and three levels between. */
const LEVELS: ReadonlySet<number> = new Set([0, 0.00008, 0.00479587, 0.172355, 0.8]);

/** Of pictures, the two ends of one seed, without their weights. */
const PICTURES = {experiment: 'house-numbers', seed: 1, levels: new Set([0, 1])};

/** Copies records and checkpoints of the toy's first seeds, all of the minefield, and a few records on pictures. */
export async function copySources(folder: string): Promise<Sources> {
  const [results, benchmarks] = [join(folder, 'results'), join(folder, 'bench')];
  const [from, to] = [openStore(committed), openStore(results)];
  for (const record of await from.readRecords()) {
    if (!isWanted(record)) continue;
    await to.writeRecord(record);
    if (record.kind !== 'run' || record.data.checkpoint === null) continue;
    if (record.experiment === PICTURES.experiment) continue;
    const bytes = await from.readCheckpoint(record.experiment, record.data.checkpoint.sha256);
    await to.writeCheckpoint(record.experiment, bytes);
  }
  return {results, benchmarks};
}

function isWanted(record: ResultRecord): boolean {
  const {experiment} = record;
  if (experiment === 'minefield') return true;
  if (experiment !== 'toy' && experiment !== PICTURES.experiment) return false;
  if (record.kind === 'experiment') return true;
  return experiment === 'toy'
    ? SEEDS.has(record.seed) && LEVELS.has(record.poisonFactor)
    : record.seed === PICTURES.seed && PICTURES.levels.has(record.poisonFactor);
}
