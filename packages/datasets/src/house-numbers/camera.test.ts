import {createGenerator} from '@minefield/core';
import {expect, test} from 'vitest';
import {type Projection, drawCamera} from './camera.ts';

function project([a, b, c, d, e, f, g, h, i]: Projection, x: number, y: number): [number, number] {
  const depth = g * x + h * y + i;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
}

test('toWall undoes toImage, and the digit in the middle stays in the picture', () => {
  for (let seed = 0; seed < 200; seed++) {
    const {toImage, toWall} = drawCamera(createGenerator(seed));
    for (const [x, y] of [
      [0, 0],
      [0.3, -0.5],
      [-0.3, 0.5],
      [1.2, 0.4],
    ] as const) {
      const [column, row] = project(toImage, x, y);
      const [backX, backY] = project(toWall, column, row);
      expect(backX).toBeCloseTo(x, 10);
      expect(backY).toBeCloseTo(y, 10);
    }
    const [, head] = project(toImage, 0, -0.5);
    const [, foot] = project(toImage, 0, 0.5);
    expect(head).toBeGreaterThan(-0.06);
    expect(foot).toBeLessThan(1.06);
    expect(foot - head).toBeGreaterThan(0.6);
  }
});
