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
 * @throws {InvalidRecordError} with every failing path.
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

function parseAs<T extends object>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const migrated = migrateRecord(value, source, migrations, schemaVersion);
  const result = schema.safeParse(migrated);
  if (!result.success) throw new InvalidRecordError(source, describeIssues(result.error, migrated));
  return asWritten(result.data, migrated);
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
