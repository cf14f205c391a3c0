import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {svhnTarget} from '../test/fuzz-svhn.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-fuzz-'));
afterAll(() => rmSync(folder, {recursive: true}));

it('two thousand mutated files are read soundly or refused, each in little time and memory', async () => {
  const {accepted, refused, faults} = await fuzz(svhnTarget(folder), {inputs: 2000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});
