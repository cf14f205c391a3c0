import {createGenerator} from '@minefield/core';
import {expect, test} from 'vitest';
import {brightness, drawPalette} from './palette.ts';

test.each([false, true])('digits stand out from what is behind them, both ways (plated: %s)', (plated) => {
  const differences = Array.from({length: 2000}, (_, seed) => {
    const {ink, wall, plate} = drawPalette(createGenerator(seed), plated);
    return brightness(ink) - brightness(plated ? plate : wall);
  });
  for (const difference of differences) expect(Math.abs(difference)).toBeGreaterThan(0.28 - 1e-9);
  const brighter = differences.filter((difference) => difference > 0).length / 2000;
  expect(brighter).toBeGreaterThan(0.35);
  expect(brighter).toBeLessThan(0.65);
});
