import {expect, it} from 'vitest';
import {fuzzSvhn} from '../test/fuzz-svhn.ts';

it('two thousand mutated files are read soundly or refused, each in little time and memory', async () => {
  const {read, refused, faults} = await fuzzSvhn(2000, 2);
  expect(faults).toEqual([]);
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});
