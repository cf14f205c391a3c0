import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {recordsTarget} from '../test/fuzz-records.ts';

it('two thousand mutated records are read soundly or refused in words, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(recordsTarget, {inputs: 2000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(500);
});
