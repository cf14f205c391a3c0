import {InvalidRecordError, NewerRecordError} from './invalid-record-error.ts';

type Loose = Readonly<Record<string, unknown>>;

/** `migrations[v]` turns a record of version v into one of version v + 1; it returns a new value. */
export type Migrations = Readonly<Record<number, (record: Loose) => Loose>>;

/** From each older schema version to the next. Version 1 is the first. */
export const migrations: Migrations = {};

/**
 * Brings a record of an older schema version to `current`. A value without a usable version is left alone: the
 * schema says what is wrong with it.
 *
 * @throws {NewerRecordError} where the record is newer than `current`
 * @throws {InvalidRecordError} where no migration leads there
 */
export function migrateRecord(value: unknown, source: string, steps: Migrations, current: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  let record = value as Loose;
  const from = record['schemaVersion'];
  if (typeof from !== 'number' || !Number.isSafeInteger(from)) return value;
  if (from > current) {
    const message = `written by a newer Minefield (this one reads versions up to ${current}, got ${from}); update it`;
    throw new NewerRecordError(source, [{path: 'schemaVersion', message}]);
  }
  for (let version = from; version < current; version++) {
    const step = steps[version];
    if (step === undefined) {
      const message = `no way to read version ${version}; run the experiment again`;
      throw new InvalidRecordError(source, [{path: 'schemaVersion', message}]);
    }
    record = {...step(record), schemaVersion: version + 1};
  }
  return record;
}
