import {describeIssues} from '@minefield/spec';
import type * as z from 'zod';
import {analysisRecordSchema} from './analysis-record.ts';
import {experimentRecordSchema} from './experiment-record.ts';
import {inOrderOf} from './in-order-of.ts';
import {InvalidRecordError} from './invalid-record-error.ts';
import {migrateRecord, migrations} from './migrate.ts';
import {
  type AnalysisRecord,
  type ExperimentRecord,
  recordSchema,
  type ResultRecord,
  type RunRecord,
  schemaVersion,
} from './record.ts';
import {runRecordSchema} from './run-record.ts';

/**
 * Checks a value against the schema of its kind, after migrating it from an older version.
 *
 * @param source - names the value in errors: a file's path, usually.
 * @returns a fresh record; `value` is not changed.
 * @throws {InvalidRecordError} with every failing path, or the first where the record holds more than 10,000 values.
 */
export function parseRecord(value: unknown, source: string): ResultRecord {
  return parseAs(recordSchema, value, source);
}

export function parseExperimentRecord(value: unknown, source: string): ExperimentRecord {
  return parseAs(experimentRecordSchema, value, source);
}

export function parseRunRecord(value: unknown, source: string): RunRecord {
  return parseAs(runRecordSchema, value, source);
}

export function parseAnalysisRecord(value: unknown, source: string): AnalysisRecord {
  return parseAs(analysisRecordSchema, value, source);
}

/** A fault takes a kilobyte while it is looked for: of a record with more values than these, all of them wrong, it is gigabytes. */
const ALL_TOLD = 10_000;

/** zod then looks no further than the first entry that is wrong. */
const untilFault: z.core.ParseContextInternal<z.core.$ZodIssue> = {abortEarly: true};

function parseAs<T extends object>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const migrated = migrateRecord(value, source, migrations, schemaVersion);
  const result = schema.safeParse(migrated, untilFault);
  if (result.success) return asWritten(result.data, migrated);
  const all = holdsMoreThan(ALL_TOLD, migrated) ? result : schema.safeParse(migrated);
  throw new InvalidRecordError(source, describeIssues(all.error ?? result.error, migrated));
}

function holdsMoreThan(most: number, value: unknown): boolean {
  const left = [value];
  for (let seen = 0; left.length > 0; seen++) {
    if (seen + left.length > most) return true;
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inside = Object.values(next);
    if (inside.length > most) return true;
    left.push(...inside);
  }
  return false;
}

/** What a person wrote keeps its order; a record that is read and written again keeps its bytes. */
type Loose = Readonly<Record<string, unknown>>;

const WRITTEN = ['spec', 'settings'] as const;

function asWritten<T extends object>(record: T, written: unknown): T {
  const entries = WRITTEN.filter((key) => Object.hasOwn(record, key)).map((key) => [
    key,
    inOrderOf((record as Loose)[key], (written as Loose)[key]),
  ]);
  return {...record, ...Object.fromEntries(entries)};
}
