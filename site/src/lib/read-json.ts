/** Reading JSON files from outside, with errors that a person can act on. */
import {readFile, stat} from 'node:fs/promises';
import {describeIssues, issueLines} from '@minefield/spec';
import type * as z from 'zod';

/**
 * A file's content, checked against a schema.
 *
 * @param remedy what to do about a file that is wrong
 * @throws {TypeError} naming the file and every failing path
 */
export async function readChecked<S extends z.ZodType>(
  file: string,
  schema: S,
  remedy: string,
): Promise<z.infer<S>> {
  let value: unknown;
  try {
    // A named pipe would be waited for, and a device read for ever.
    if (!(await stat(file)).isFile()) throw new TypeError('no regular file');
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new TypeError(`site: ${file}: expected JSON, got ${String(error)}; ${remedy}`, {cause: error});
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = issueLines(describeIssues(result.error, value)).map((line) => `\n  ${line}`);
  throw new TypeError(`site: ${file} does not have the expected shape; ${remedy}${problems.join('')}`);
}
