import {expect, it} from 'vitest';
import {fuzz} from '../../../../.ci/fuzz/fuzz.ts';
import {partsTarget} from '../../test/fuzz-parts.ts';

it('two thousand damaged and forged parts are used soundly or left out with a word, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(partsTarget, {inputs: 2000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(500);
});
