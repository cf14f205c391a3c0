import {expect, it} from 'vitest';
import {extentOf} from './extent-of.ts';
import {lineChart, surfaceChart} from './scan-charts.ts';

it('draws bars for the losses of a line that are numbers, the highest longest', () => {
  expect(lineChart({xs: [-1, 0, 1], loss: [2, 1, null]})).toEqual([
    `        −1            2  ${'█'.repeat(32)}`,
    `         0            1  ${'█'.repeat(16)}`,
    '         1         none',
  ]);
});

it('draws a surface from above, darkest where the loss is high or overflows', () => {
  const xs = [-1, 0, 1];
  expect(surfaceChart({xs, loss: [4, 1, 4, 1, 0, 1, 4, 1, null]})).toEqual(['██░░██', '░░  ░░', '██░░██']);
});

it('finds no extent where no loss is a number', () => {
  expect(extentOf([null, null])).toBeUndefined();
  expect(extentOf([null, -2, 3, null])).toEqual({least: -2, most: 3});
});
