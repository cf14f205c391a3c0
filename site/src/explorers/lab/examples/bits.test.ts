import {expect, it} from 'vitest';
import {flagsOf} from './bits.ts';

it('reads flags from the highest bit on', () => {
  const text = btoa(String.fromCharCode(0b1010_0000, 0b0100_0000));
  expect([...flagsOf(text, 10)]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
});
