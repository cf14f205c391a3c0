import {basename} from 'node:path';
import {expect, it} from 'vitest';
import {packageFolders} from './packages.ts';
import {isBrowserSafe} from './release/bundles.ts';
import {hosts, sizeLimits} from './size-limits.ts';

it('every package that a page can load is weighed, whole, and no other', () => {
  const safe = packageFolders()
    .filter(isBrowserSafe)
    .map((folder) => basename(folder));
  expect(Object.keys(sizeLimits).toSorted()).toEqual(safe.toSorted());
  for (const parts of Object.values(sizeLimits)) expect(Object.keys(parts)).toContain('*');
  expect(safe).toEqual(expect.arrayContaining(Object.keys(hosts)));
});
