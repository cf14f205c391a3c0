/** Which files of the results a reader can download. */
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import type {ResultRecord, RunRecord} from '@minefield/results';
import type {Experiment} from './load-results.ts';

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

/** Records and the checkpoints that are there, relative to the results folder. */
export async function downloadsOf({records, files}: Experiment, results: string): Promise<readonly string[]> {
  const checkpoints = await Promise.all(records.runs().map((run) => checkpointOf(run, results)));
  return [...files.values(), ...checkpoints.filter((file) => file !== null)];
}

/** A run's checkpoint relative to the results folder; null where there is none, or its file is missing. */
export async function checkpointOf({experiment, data}: RunRecord, results: string): Promise<string | null> {
  if (data.checkpoint === null) return null;
  const file = `${experiment}/${data.checkpoint.file}`;
  return access(join(results, file)).then(
    () => file,
    () => null,
  );
}
