import {randomUUID} from 'node:crypto';
import {readdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {isOrphan, processTag, readRegular, writeAtomically} from '@minefield/results/node';
import * as z from 'zod';

/** Between two reports of a sweep that is running. */
const EVERY_MS = 2000;

/** Without a report for so long, a sweep is over. */
const SILENCE_MS = 15_000;

/** Largest report that is read. */
const MOST_BYTES = 2 ** 26;

const NAME = /^sweep-[0-9a-f]{8}-\d+\.[0-9a-f]{8}\.json$/;

/** What a sweep is at, for whoever asks while it runs, and what failed, for whoever asks afterwards. */
export interface ReportContent {
  readonly startedAt: string;
  readonly ended: boolean;
  /** Share of the work that is done. */
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly running: readonly {readonly identity: string; readonly fraction: number}[];
  readonly failed: readonly {readonly identity: string; readonly error: string}[];
}

const contentSchema: z.ZodType<ReportContent> = z.object({
  startedAt: z.string(),
  ended: z.boolean(),
  fraction: z.number(),
  secondsLeft: z.number().nullable(),
  running: z.array(z.object({identity: z.string(), fraction: z.number()})),
  failed: z.array(z.object({identity: z.string(), error: z.string()})),
});

export interface SweepReport extends ReportContent {
  readonly file: string;
  /** Whether it was heard of lately and has not said that it ended. */
  readonly alive: boolean;
}

/**
 * Writes a report of a sweep into a folder, again and again.
 *
 * @returns a function that ends this: what failed stays there for `status` to tell, and nothing else
 */
export function reportSweep(
  directory: string,
  content: () => Omit<ReportContent, 'startedAt' | 'ended'>,
): () => Promise<void> {
  const file = join(directory, `sweep-${processTag}.${randomUUID().slice(0, 8)}.json`);
  const startedAt = new Date().toISOString();
  // A report that cannot be written costs whoever asks, not the sweep.
  const write = (ended: boolean): Promise<void> =>
    writeAtomically(file, JSON.stringify({startedAt, ended, ...content()}), {filesOnly: true}).catch(
      () => undefined,
    );
  let writing = write(false);
  const timer = setInterval(() => {
    writing = writing.then(() => write(false));
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await writing;
    if (content().failed.length > 0) await write(true);
    else await rm(file, {force: true}).catch(() => undefined);
  };
}

/** The reports in a folder; what cannot be read is left out. */
export async function readSweepReports(directory: string): Promise<SweepReport[]> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => NAME.test(name));
  const reports = names.map(async (name): Promise<SweepReport[]> => {
    const file = join(directory, name);
    try {
      const [{mtimeMs}, bytes] = await Promise.all([stat(file), readRegular(file, MOST_BYTES)]);
      const content = contentSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return [
        {file, alive: !content.ended && !isOrphan(file) && Date.now() - mtimeMs < SILENCE_MS, ...content},
      ];
    } catch {
      return [];
    }
  });
  return (await Promise.all(reports)).flat();
}

/** Takes away the reports of sweeps that are over: a new one tells what there is to tell. */
export async function forgetSweeps(directory: string): Promise<void> {
  const over = (await readSweepReports(directory)).filter(({alive}) => !alive);
  await Promise.all(over.map(({file}) => rm(file, {force: true}).catch(() => undefined)));
}
