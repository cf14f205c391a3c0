import {expect, it} from 'vitest';
import {contourFills, contourLine} from './contour-paths.ts';

it('draws a slope as bands that end at the border of the square', () => {
  const levels = Float32Array.from({length: 25}, (_, i) => (i % 5) / 4);
  const fills = contourFills(levels, 5, 100);
  expect(fills).toHaveLength(9);
  const numbers = fills.flatMap(({path}) => [...path.matchAll(/[\d.]+/g)].map(Number));
  expect(Math.min(...numbers)).toBe(0);
  expect(Math.max(...numbers)).toBe(100);
  const half = fills.find(({level}) => Math.abs(level - 0.5) < 1e-9);
  expect(Math.min(...[...(half?.path ?? '').matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x)))).toBe(50);
});

it('draws the line at a height from border to border, with the first row lowest', () => {
  const levels = Float32Array.from({length: 25}, (_, i) => Math.floor(i / 5) / 4);
  const line = contourLine(levels, 5, 100, 0.25);
  const places = [...line.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(places.length).toBeGreaterThan(3);
  expect(new Set(places.map(([, y]) => y))).toEqual(new Set([75]));
  expect(line).not.toContain('Z');
});
