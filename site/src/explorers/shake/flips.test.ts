import {expect, it} from 'vitest';
import {FLASH, Flips} from './flips.ts';

it('tells who is on another side than at the minimum, and rings who has just changed', () => {
  const flips = new Flips(Float32Array.of(1, -1, 2));
  expect(flips.update(Float32Array.of(1, -1, 2), 0)).toEqual({flipped: [], ringed: Uint8Array.of(0, 0, 0)});
  expect(flips.update(Float32Array.of(-1, -1, 2), 100)).toEqual({
    flipped: [0],
    ringed: Uint8Array.of(1, 0, 0),
  });
  // Still ringed, and then no longer, though still on the other side.
  expect([...flips.update(Float32Array.of(-2, -1, 2), 100 + FLASH - 1).ringed]).toEqual([1, 0, 0]);
  expect(flips.update(Float32Array.of(-2, -1, 2), 100 + FLASH)).toEqual({
    flipped: [0],
    ringed: Uint8Array.of(0, 0, 0),
  });
  // Back again is a change too.
  expect(flips.update(Float32Array.of(2, 1, 2), 1000)).toEqual({
    flipped: [1],
    ringed: Uint8Array.of(1, 1, 0),
  });
});
