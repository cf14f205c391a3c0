import {basename} from 'node:path';
import {InvalidRecordError, NewerRecordError} from '../invalid-record-error.ts';
import type {ResultRecord} from '../record.ts';
import {analysisIdentityFaults} from './identity-fault.ts';
import {packedKind} from './paths.ts';
import type {RecordPlace} from './record-places.ts';
import {StoreError} from './store-error.ts';

/** Of a pack with many bad lines, so many are told. */
const MOST_TOLD = 20;

/** A record that is whole. */
interface Whole {
  readonly file: string;
  readonly place: RecordPlace;
  readonly record: ResultRecord;
}

/** What is wrong with a file, or with one record in it. */
export interface Fault {
  readonly file: string;
  readonly error: InvalidRecordError | StoreError;
}

/** Records that are whole, and what is wrong with the others. */
export interface Examined {
  readonly whole: readonly Whole[];
  readonly faulty: readonly (Fault & {readonly place: RecordPlace})[];
}

/** Reads records, and holds analyses against the runs among them. */
export async function examine(places: readonly RecordPlace[]): Promise<Examined> {
  const read: Whole[] = [];
  const faulty: (Fault & {place: RecordPlace})[] = [];
  for (const place of places) {
    const {file} = place;
    try {
      read.push({file, place, record: await place.read()});
    } catch (error) {
      if (!(error instanceof StoreError || error instanceof InvalidRecordError)) throw error;
      faulty.push({file, place, error});
    }
  }
  // Only once all runs are there can analyses be held against them.
  const faultOf = analysisIdentityFaults(read.map(({record}) => record));
  const whole = read.filter(({file, place, record}) => {
    const error = record.kind === 'analysis' ? faultOf(record, place.source) : undefined;
    if (error !== undefined) faulty.push({file, place, error});
    return error === undefined;
  });
  return {whole, faulty};
}

/** One error for each file that has faults, in order of path. */
export function faultsByFile(faults: readonly Fault[]): StoreError[] {
  const byFile = Map.groupBy(faults, ({file}) => file);
  return [...byFile.keys()].toSorted().map((file) => {
    const errors = (byFile.get(file) ?? []).map(({error}) => error);
    const ofSystem = errors.find((error) => error instanceof StoreError);
    return (
      ofSystem ??
      invalid(
        file,
        errors.filter((error) => error instanceof InvalidRecordError),
      )
    );
  });
}

/** What is no valid record as a fault of its file, with the remedy. */
export function invalid(file: string, errors: readonly InvalidRecordError[]): StoreError {
  const told = errors.slice(0, MOST_TOLD).map(({message}) => message);
  if (errors.length > told.length) told.push(`and ${errors.length - told.length} more lines of it`);
  const newer = errors.find((error) => error instanceof NewerRecordError);
  if (newer !== undefined) return new StoreError(told.join('\n'), file, 'NEWER', {cause: newer});
  return new StoreError(`${told.join('\n')}\n  ${remedy(file)}`, file, 'INVALID', {cause: errors[0]});
}

function remedy(file: string): string {
  const name = basename(file);
  return packedKind(name) === undefined
    ? `move ${name} aside and run the experiment again, or restore it`
    : `restore ${name}, or run the experiment again, which goes on without what is damaged`;
}
