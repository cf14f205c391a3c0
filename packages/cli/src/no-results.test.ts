import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {afterAll, expect, it} from 'vitest';
import {noResults} from './no-results.ts';

const store = openStore(mkdtempSync(join(tmpdir(), 'minefield-no-results-')));
afterAll(() => rmSync(store.directory, {recursive: true}));

it('says which experiments have results, and how those that ship get some', async () => {
  expect((await noResults(store, 'toy')).message).toBe(
    `no results of "toy" in ${store.directory}; make them with "minefield run toy", or name another folder with --results`,
  );
  for (const name of ['narrow', 'wide']) mkdirSync(join(store.directory, name));
  expect((await noResults(store, 'moons')).message).toBe(
    `no results of "moons" in ${store.directory}, which has narrow, wide; make them with "minefield run", ` +
      'or name another experiment with --experiment, another folder with --results',
  );
});
