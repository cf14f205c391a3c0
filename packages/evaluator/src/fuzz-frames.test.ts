import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {framesTarget} from '../test/fuzz-frames.ts';

it('three thousand mutated conversations end in answers or refusals in words, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(framesTarget, {inputs: 3000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(300);
  expect(refused).toBeGreaterThan(1000);
});
