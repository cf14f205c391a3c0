import type {z} from 'zod';
import {analysisRecordSchema} from './analysis-record.ts';
import {experimentRecordSchema} from './experiment-record.ts';
import {InvalidRecordError, type RecordIssue} from './invalid-record-error.ts';
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

function parseAs<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const migrated = migrateRecord(value, source, migrations, schemaVersion);
  const result = schema.safeParse(migrated);
  if (result.success) return result.data;
  throw new InvalidRecordError(
    source,
    result.error.issues.flatMap((issue) => issuesOf(issue, migrated)),
  );
}

function issuesOf(issue: z.core.$ZodIssue, root: unknown): RecordIssue[] {
  const path = pathText(issue.path);
  const value = valueAt(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: 'unknown key; check its spelling',
      }));
    case 'invalid_type':
      return [{path, message: `expected ${article(issue.expected)}, got ${describe(value)}`}];
    case 'invalid_value':
      return [{path, message: `expected ${issue.values.map(literal).join(' or ')}, got ${describe(value)}`}];
    case 'invalid_union':
      return [{path, message: `expected ${optionsOf(issue)}, got ${describe(value)}`}];
    case 'too_small':
      return [
        {path, message: `expected at least ${issue.minimum}${unit(issue.origin)}, got ${describe(value)}`},
      ];
    case 'too_big':
      return [
        {path, message: `expected at most ${issue.maximum}${unit(issue.origin)}, got ${describe(value)}`},
      ];
    case 'custom':
      return [{path, message: issue.message}];
    default:
      return [{path, message: `${issue.message}, got ${describe(value)}`}];
  }
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const {options} = issue as {options?: readonly unknown[]};
  return options === undefined ? 'another type' : options.map(literal).join(' or ');
}

function unit(origin: string): string {
  return origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '';
}

function article(expected: string): string {
  return /^[aeio]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

/** A value in a few words, never the whole of it. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 57)}…"` : `"${value}"`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} (convert it with Array.from)`;
  return article(typeof value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
