import {createGenerator} from '@minefield/core';
import {expect, test} from 'vitest';
import type {Camera} from './camera.ts';
import {drawLetteringInto} from './draw-lettering.ts';
import {aimInto, createPicture} from './picture.ts';
import {createTexture} from './texture.ts';
import type {Typeface} from './typeface.ts';

const SIZE = 64;

const frontal: Camera = {
  height: 0.8,
  toImage: [0.8, 0, 0.5, 0, 0.8, 0.5, 0, 0, 1],
  toWall: [1 / 0.8, 0, -0.5 / 0.8, 0, 1 / 0.8, -0.5 / 0.8, 0, 0, 1],
};

const plain: Typeface = {
  family: 'round',
  forms: [],
  width: 0.6,
  weight: 0.05,
  contrast: 0,
  penAngle: 0,
  slant: 0,
  waist: 0.5,
  corner: 1,
  cut: false,
  round: false,
  serif: 0,
  ball: 0,
  bridge: 0,
  studs: 0,
  tremble: 0,
};

/** Where the digit in this typeface covers the picture, `[SIZE, SIZE]`. */
function draw(digit: number, face: Typeface): boolean[] {
  const picture = createPicture(SIZE);
  aimInto(picture, frontal);
  drawLetteringInto(picture, frontal, face, createTexture(createGenerator(1)), [{digit, x: 0, y: 0}]);
  return Array.from(picture.lettering, (distance) => distance < 0);
}

/** How many regions of this value there are: of the digit joined by sides, of the ground by corners as well. */
function regions(picture: readonly boolean[], value: boolean): number {
  const left = new Set([...picture.keys()].filter((pixel) => picture[pixel] === value));
  let count = 0;
  for (const start of left) {
    count += 1;
    const open = [start];
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      if (!left.delete(pixel)) continue;
      const column = pixel % SIZE;
      open.push(pixel - SIZE, pixel + SIZE);
      for (const next of [column - 1, column + 1]) {
        if (next < 0 || next === SIZE) continue;
        const beside = pixel - column + next;
        open.push(beside);
        if (!value) open.push(beside - SIZE, beside + SIZE);
      }
    }
  }
  return count;
}

/** The fewest and the most holes that a digit can have: a 4 can be open, and a 2 can have a loop at its foot. */
const HOLES = [
  [1, 1],
  [0, 0],
  [0, 1],
  [0, 0],
  [0, 1],
  [0, 0],
  [1, 1],
  [0, 0],
  [2, 2],
  [1, 1],
] as const;

test.each(['round', 'square'] as const)(
  'every %s digit is one piece with the holes of its kind',
  (family) => {
    for (const [digit, [fewest, most]] of HOLES.entries()) {
      // No digit has more than five constructions, and these reach all of five, four, three or two.
      for (const form of [0.1, 0.3, 0.5, 0.7, 0.9]) {
        const forms = Array.from({length: 10}, () => form);
        const picture = draw(digit, {...plain, family, forms, corner: family === 'round' ? 1 : 0.5});
        const holes = regions(picture, false) - 1;
        expect(regions(picture, true), `pieces of ${digit}, form ${form}`).toBe(1);
        expect(holes, `holes of ${digit}, form ${form}`).toBeGreaterThanOrEqual(fewest);
        expect(holes, `holes of ${digit}, form ${form}`).toBeLessThanOrEqual(most);
      }
    }
  },
);

test('a display lights as many segments as each digit has', () => {
  const pieces = HOLES.map((_, digit) =>
    regions(draw(digit, {...plain, family: 'segment', forms: HOLES.map(() => 0), weight: 0.01}), true),
  );
  expect(pieces).toEqual([6, 2, 5, 5, 4, 5, 6, 3, 7, 6]);
});

test('a stencil has no holes, for its bridges open them', () => {
  for (let digit = 0; digit < 10; digit++) {
    const picture = draw(digit, {...plain, forms: HOLES.map(() => 0), bridge: 0.04});
    expect(regions(picture, false), `regions around ${digit}`).toBe(1);
    expect(regions(picture, true), `pieces of ${digit}`).toBeGreaterThan(1);
  }
});

test('a digit is as high as its box and its strokes, and as heavy as it is asked to be', () => {
  for (const weight of [0.04, 0.08]) {
    const picture = draw(1, {...plain, forms: HOLES.map(() => 0), weight});
    // A plain stem: a bar of one digit's height, 0.8 of the picture, and twice the weight.
    const area = picture.filter(Boolean).length / (SIZE * SIZE);
    expect(Math.abs(area / (0.8 * 2 * weight * 0.8) - 1)).toBeLessThan(0.2);
  }
});
