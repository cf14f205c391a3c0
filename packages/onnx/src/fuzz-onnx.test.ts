import {expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {onnxTarget} from '../test/fuzz-onnx.ts';

it('three thousand mutated models are read soundly or refused, each in little time', async () => {
  const {accepted, refused, faults} = await fuzz(onnxTarget, {inputs: 3000, seed: 2});
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(300);
  expect(refused).toBeGreaterThan(1000);
});
