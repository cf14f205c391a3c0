import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {safetensorsTarget} from '../test/fuzz-safetensors.ts';

it('five thousand mutated files are read soundly or refused, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(safetensorsTarget, {inputs: 5000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(2500);
});
