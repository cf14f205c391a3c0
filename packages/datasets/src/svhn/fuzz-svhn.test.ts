import {expect, it} from 'vitest';
import {fuzzSvhn} from '../../test/fuzz-svhn.ts';

it('three thousand mutated files are read soundly or refused, each in less than a second', async () => {
  const {read, refused, faults} = await fuzzSvhn(3000, 2);
  expect(faults).toEqual([]);
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});
