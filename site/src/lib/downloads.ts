/** Which files of the results a reader can download. */
import {type ResultRecord, type RunRecord, formatRecord, shortIdentity} from '@minefield/results';
import {StoreError, openStore} from '@minefield/results/node';
import type {Experiment} from './load-results.ts';

/** A file that the site offers. */
export interface Download {
  /** Relative to the results folder. */
  readonly file: string;
  /** What the record is, or what it names: never just what lies at that place. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | string>;
}

/** A file's copy in the site, from its root. */
export function downloadPath(file: string): string {
  return `records/${file}`;
}

/** A record's file relative to the results folder. */
export function fileOf(record: ResultRecord, {files}: Experiment): string {
  const file = files.get(record);
  if (file === undefined)
    throw new Error(`expected a record of the experiment, got a ${record.kind} of another`);
  return file;
}

/**
 * Records and the checkpoints that are there.
 *
 * @throws {StoreError} where a checkpoint is not what its record names
 */
export async function downloadsOf(
  {records, files}: Experiment,
  results: string,
): Promise<readonly Download[]> {
  const texts = [...files].map(([record, file]) => ({file, read: async () => formatRecord(record)}));
  const checkpoints = await Promise.all(
    records.runs().map(async (run): Promise<readonly Download[]> => {
      const file = await checkpointOf(run, results);
      return file === null ? [] : [{file, read: async () => new Uint8Array(await weightsOf(run, results))}];
    }),
  );
  return [...texts, ...checkpoints.flat()];
}

/**
 * A run's checkpoint relative to the results folder; null where there is none, or its file is missing.
 *
 * @throws {StoreError} where what is there is no regular file with the SHA-256 that the record names
 */
export async function checkpointOf(run: RunRecord, results: string): Promise<string | null> {
  const {checkpoint} = run.data;
  if (checkpoint === null) return null;
  try {
    await weightsOf(run, results);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'ENOENT') return null;
    throw error;
  }
  return `${run.experiment}/checkpoints/${shortIdentity(checkpoint.sha256)}.safetensors`;
}

async function weightsOf({experiment, data}: RunRecord, results: string): Promise<Uint8Array> {
  const {checkpoint} = data;
  return checkpoint === null
    ? new Uint8Array()
    : openStore(results).readCheckpoint(experiment, checkpoint.sha256);
}
