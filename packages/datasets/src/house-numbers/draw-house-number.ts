import type {Generator} from '@minefield/core';
import {drawCamera} from './camera.ts';
import {type PlacedDigit, drawLetteringInto} from './draw-lettering.ts';
import {between, chance, pick} from './draws.ts';
import {paintClutterInto} from './paint-clutter.ts';
import {drawFinish, paintLetteringInto} from './paint-lettering.ts';
import {drawPlate, paintPlateInto} from './paint-plate.ts';
import {paintWallInto} from './paint-wall.ts';
import {drawPalette} from './palette.ts';
import {lightInto, photographInto} from './photograph.ts';
import {type Picture, aimInto} from './picture.ts';
import {createTexture} from './texture.ts';
import {glyphWidth} from './trace-glyph.ts';
import {type Typeface, drawTypeface} from './typeface.ts';

/** How many digits there are on one side of the middle. More would be out of the picture. */
const NEIGHBOURS = [
  [0, 6],
  [1, 3],
  [2, 2],
] as const;

/**
 * Draws one picture of a house number with this digit in the middle, as `[size, size, 3]` bytes. The scene is the same
 * at every size; only the grain of the sensor differs.
 */
export function drawHouseNumberInto(
  out: Uint8Array,
  picture: Picture,
  digit: number,
  generator: Generator,
): void {
  const texture = createTexture(generator);
  const camera = drawCamera(generator);
  const face = drawTypeface(generator);
  const digits = placeDigits(generator, face, digit);
  const plated = chance(generator, 0.3);
  const palette = drawPalette(generator, plated);
  aimInto(picture, camera);
  paintWallInto(picture, camera, palette, texture, generator);
  if (plated) {
    const xs = digits.map(({x}) => x);
    const plate = drawPlate(generator, Math.min(...xs) - face.width / 2, Math.max(...xs) + face.width / 2);
    paintPlateInto(picture, camera, plate, palette, texture);
  }
  const finish = drawFinish(generator);
  drawLetteringInto(picture, camera, face, texture, digits);
  paintLetteringInto(picture, palette, finish, texture);
  paintClutterInto(picture, palette, texture, generator);
  lightInto(picture, generator);
  photographInto(out, picture, generator);
}

/** The digit in the middle, and those of its neighbours that may reach into the picture. */
function placeDigits(generator: Generator, face: Typeface, digit: number): PlacedDigit[] {
  const digits: PlacedDigit[] = [{digit, x: 0, y: 0}];
  const gap = between(generator, 0.14, 0.36) + 2 * face.weight + face.serif;
  const step = chance(generator, 0.12) ? between(generator, -0.2, 0.2) : 0;
  for (const side of [-1, 1]) {
    const count = pick(generator, NEIGHBOURS);
    let x = 0;
    let width = glyphWidth(digit, face);
    for (let i = 1; i <= count; i++) {
      const neighbour = generator.integer(10);
      const own = glyphWidth(neighbour, face);
      x += side * ((width + own) / 2 + gap);
      width = own;
      digits.push({digit: neighbour, x, y: side * i * step});
    }
  }
  return digits;
}
