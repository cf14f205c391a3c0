import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {claimsTarget} from '../test/fuzz-claims.ts';

it('two thousand mutated claims and records get a verdict or are refused in words, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(claimsTarget, {inputs: 2000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(500);
});
