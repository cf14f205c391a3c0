import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {specsTarget} from '../test/fuzz-specs.ts';

it('three thousand mutated specs are read soundly or refused in words, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(specsTarget, {inputs: 3000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(150);
  expect(refused).toBeGreaterThan(750);
});
