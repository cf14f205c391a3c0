import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {payloadsTarget} from '../test/fuzz-payloads.ts';

it('three thousand mutated payloads, outcomes and peers are read soundly or refused in words, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(payloadsTarget, {inputs: 3000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(150);
  expect(refused).toBeGreaterThan(750);
});
