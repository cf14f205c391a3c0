import {expect, it} from 'vitest';
import {byteOf, framesIn, logOddsOf} from './frames.ts';

it('keeps which class is likelier, and the shade, of all log-odds', () => {
  for (const odds of [-238, -5.2, -2.1, -0.1, 0.1, 0.5, 1.9, 2.1, 4.8, 5.3, 1e9]) {
    const kept = logOddsOf(byteOf(odds));
    expect(Math.sign(kept)).toBe(Math.sign(odds));
    expect(Math.abs(kept - Math.max(-6, Math.min(6, odds)))).toBeLessThan(0.15);
  }
  expect(logOddsOf(byteOf(0))).toBe(0);
});

it('reads frames of bytes, and refuses what is no whole number of them', () => {
  const bytes = Uint8Array.of(60, 60, 60, 60, 60, 60, 120, 0);
  const frameAt = framesIn(bytes, 2);
  expect([...(frameAt(1) ?? [])].map(Math.round)).toEqual([0, 0, 6, -6]);
  expect(frameAt(1)).toBe(frameAt(1));
  expect([frameAt(-1), frameAt(2)]).toEqual([undefined, undefined]);
  expect(() => framesIn(bytes, 3)).toThrow('expected frames of 3 × 3, got 8 bytes');
});
