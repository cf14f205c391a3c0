import {expect, it, vi} from 'vitest';
import {fuzz} from '../../../../../.ci/fuzz/fuzz.ts';
import {layersModelTarget} from '../../../test/fuzz-layers-model.ts';

it('a thousand mutated models are loaded soundly or refused in words, each in little time', async () => {
  // Of outputs that are named twice TensorFlow.js tells the console.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  const {accepted, refused, faults} = await fuzz(await layersModelTarget(), {inputs: 1000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(300);
});
