/** What zod found wrong, as sentences of this project: one form for specs, records and whatever else is checked. */
import type * as z from 'zod';
import {oneLine} from './one-line.ts';

export interface Issue {
  /** Where in the value, as in `data.curves.step[3]`; empty for the value itself. */
  readonly path: string;
  /** `expected X, got Y`. */
  readonly message: string;
}

/**
 * One sentence for every failing path.
 *
 * @param root the value that was checked
 */
export function describeIssues(error: z.ZodError, root: unknown): Issue[] {
  return error.issues.flatMap(nearestForm).flatMap((issue) => issuesOf(issue, root));
}

/**
 * `path: message` on lines of their own, the first of them if they are many, the beginning of each if it is long. Both may
 * quote what they are about, which may hold anything.
 */
export function issueLines(issues: readonly Issue[], shown = 20): string[] {
  const lines = issues
    .slice(0, shown)
    .map(({path, message}) => oneLine(path === '' ? message : `${path}: ${message}`));
  return issues.length > shown ? [...lines, `and ${issues.length - shown} more`] : lines;
}

/** Where a value is none of several forms: what keeps it from the form that it comes nearest to. */
function nearestForm(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [closest = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return closest.flatMap((inner) => nearestForm({...inner, path: [...issue.path, ...inner.path]}));
}

function issuesOf(issue: z.core.$ZodIssue, root: unknown): Issue[] {
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
        {
          path,
          message: `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}, got ${describe(value)}`,
        },
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
