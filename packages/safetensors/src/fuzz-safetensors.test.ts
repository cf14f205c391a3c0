import {expect, it} from 'vitest';
import {fuzzSafetensors} from '../test/fuzz-safetensors.ts';

it('five thousand mutated files are read soundly or refused, each in little time', () => {
  const {read, refused, faults} = fuzzSafetensors(5000, 2);
  expect(faults).toEqual([]);
  expect(read).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(2500);
});
