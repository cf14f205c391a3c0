import {basename, dirname, join} from 'node:path';
import {readRecordText} from '../read-record-text.ts';
import type {RunRecord} from '../record.ts';
import {exists, readText} from './files.ts';
import {runIdentityFault} from './identity-fault.ts';
import {recordPath} from './paths.ts';

/** Largest record that is read. */
const MOST_BYTES = 2 ** 26;

/**
 * The record of the run that a checkpoint is of, where the checkpoint lies in a results folder, whatever the folders of
 * that are called.
 *
 * @param file the checkpoint's
 * @param identity of the run, as the checkpoint's metadata name it
 * @throws {StoreError} when the record is there but cannot be read
 * @throws {InvalidRecordError} when what is there is no record, or not the one that its identity was made of
 */
export async function recordBeside(file: string, identity: string): Promise<RunRecord | undefined> {
  if (!/^[0-9a-f]{64}$/.test(identity)) return undefined;
  const path = recordPath({kind: 'run', experiment: 'any', identity});
  const beside = join(dirname(dirname(file)), basename(dirname(path)), basename(path));
  if (!(await exists(beside))) return undefined;
  const record = readRecordText(await readText(beside, MOST_BYTES), beside);
  if (record.kind !== 'run' || record.identity !== identity) return undefined;
  const fault = runIdentityFault(record, beside);
  if (fault !== undefined) throw fault;
  return record;
}
