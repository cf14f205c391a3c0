import {basename, dirname, join} from 'node:path';
import {parseRecord} from '../parse-record.ts';
import {readRecordText} from '../read-record-text.ts';
import type {ResultRecord, RunRecord} from '../record.ts';
import {exists, readText} from './files.ts';
import {runIdentityFault} from './identity-fault.ts';
import {packCache} from './pack-cache.ts';
import {packOf, recordPath} from './paths.ts';

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
  const found = (await exists(beside))
    ? {source: beside, record: readRecordText(await readText(beside, MOST_BYTES), beside)}
    : await recordPacked(beside);
  if (found === undefined || found.record.kind !== 'run' || found.record.identity !== identity)
    return undefined;
  const fault = runIdentityFault(found.record, found.source);
  if (fault !== undefined) throw fault;
  return found.record;
}

/** The record of a file that is not there, where its pack has it. */
async function recordPacked(file: string): Promise<{source: string; record: ResultRecord} | undefined> {
  const line = (await packCache().read(packOf(file)))?.byStart.get(basename(file, '.json'));
  return line && {source: line.source, record: parseRecord(line.value, line.source)};
}
