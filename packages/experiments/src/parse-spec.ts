import {InputError} from '@minefield/core';
import type {z} from 'zod';
import type {ExperimentSpec} from './spec.ts';
import {experimentSpecSchema} from './spec-schema.ts';

/**
 * Checks a value read from a spec file.
 *
 * @param source where it came from, for the error
 * @throws {InputError} naming every failing key
 */
export function parseSpec(value: unknown, source: string): ExperimentSpec {
  const result = experimentSpecSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues
    .flatMap(nearest)
    .map((issue) => `${path(issue.path)}: ${message(issue)}`);
  throw new InputError(
    `experiments.parseSpec: expected an experiment spec in ${source}, got ${problems.length} ` +
      `${problems.length === 1 ? 'problem' : 'problems'}:\n  ${problems.join('\n  ')}`,
  );
}

/** Where a value is none of several forms: what keeps it from the form that it comes nearest to. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [closest = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return closest.flatMap((inner) => nearest({...inner, path: [...issue.path, ...inner.path]}));
}

function path(keys: readonly PropertyKey[]): string {
  if (keys.length === 0) return '(top level)';
  return keys
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

function message(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : '';
    return `expected one of ${options}`;
  }
  return issue.message.replace(/^Invalid input: /, '');
}
