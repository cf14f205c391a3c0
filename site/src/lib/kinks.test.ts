import {expect, it} from 'vitest';
import {kinkText, spreadText} from './kinks.ts';

it('gives the median of an eigenvalue and how far it moves', () => {
  expect(spreadText({median: 293.4, low: 246.1, high: 875})).toBe('293 (246 to 875)');
  expect(spreadText(undefined)).toBe('–');
});

it('says how many pre-activations lie at their kink, and how near the nearest is', () => {
  expect(kinkText({distance: 6e-8, closePairs: 40, pairs: 31_200})).toBe(
    "40 of 31,200, the nearest at 6 × 10⁻⁸ of its layer's size",
  );
  expect(kinkText({distance: 0, closePairs: 1, pairs: 6})).toBe('1 of 6, the nearest exactly at it');
  expect([kinkText(null), kinkText(undefined)]).toEqual(['–', '–']);
});
