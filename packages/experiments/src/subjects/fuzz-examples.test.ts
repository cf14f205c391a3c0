import {expect, it} from 'vitest';
import {fuzz} from '../../../../.ci/fuzz/fuzz.ts';
import {examplesTarget} from '../../test/fuzz-examples.ts';

it('three thousand mutated checkpoints and sets of examples are read soundly or refused, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(examplesTarget, {inputs: 3000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(400);
  expect(refused).toBeGreaterThan(800);
});
