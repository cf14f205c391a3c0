/** Real files of SVHN, which the project does not contain: tests find them beside the checkout, or skip. */
import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';

const shared = process.env['MINEFIELD_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared');

/** Path of a real file, or null where it is not there, which is said once. */
export function sharedSvhn(name: string): string | null {
  const path = join(shared, 'data', 'svhn', name);
  if (existsSync(path)) return path;
  console.warn(
    `tests on ${name} are skipped, for it is not in ${join(shared, 'data', 'svhn')} (MINEFIELD_SHARED)`,
  );
  return null;
}
