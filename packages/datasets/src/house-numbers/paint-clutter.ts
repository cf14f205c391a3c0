import type {Generator} from '@minefield/core';
import {between, chance} from './draws.ts';
import type {Palette} from './palette.ts';
import {type Picture, coverInto, coverage, shadeInto} from './picture.ts';
import type {Texture} from './texture.ts';

/** What gets in the way. Lengths are in units: thirty-seconds of the picture. */
export function paintClutterInto(
  picture: Picture,
  palette: Palette,
  texture: Texture,
  generator: Generator,
): void {
  if (chance(generator, 0.25)) stainInto(picture, texture, generator);
  if (chance(generator, 0.3)) paintFrameInto(picture, palette, generator);
  if (chance(generator, 0.07)) paintWireInto(picture, generator);
  if (chance(generator, 0.2)) paintScrewInto(picture, palette, generator);
}

function forEachPixel({size, unit}: Picture, visit: (pixel: number, x: number, y: number) => void): void {
  for (let pixel = 0; pixel < size * size; pixel++) {
    const column = pixel % size;
    visit(pixel, (column + 0.5) / unit, ((pixel - column) / size + 0.5) / unit);
  }
}

function stainInto(picture: Picture, texture: Texture, generator: Generator): void {
  const depth = between(generator, 0.1, 0.4);
  const offset = between(generator, 0, 16);
  forEachPixel(picture, (pixel, x, y) => {
    const dirt = texture(x / 6 + offset, y / 9) + 0.4 * texture(x / 2 + offset, y / 3) - 0.75;
    shadeInto(picture.colours, pixel, 1 - depth * Math.min(1, Math.max(0, 3 * dirt)));
  });
}

/** The frame of a door or a window along one side, and its shadow. */
function paintFrameInto(picture: Picture, palette: Palette, generator: Generator): void {
  const {colours, unit} = picture;
  const width = between(generator, 1, 4.5);
  const lean = between(generator, -0.08, 0.08);
  const upright = chance(generator, 0.5);
  const far = chance(generator, 0.5);
  const colour = chance(generator, 0.5) ? palette.joint : palette.trim;
  forEachPixel(picture, (pixel, x, y) => {
    const across = upright ? x : y;
    const distance = (far ? 32 - across : across) - width + lean * (upright ? y : x);
    shadeInto(colours, pixel, 1 - 0.3 * coverage(distance - 0.6, 1.5));
    coverInto(colours, pixel, colour, coverage(distance, 1 / unit));
  });
}

function paintWireInto(picture: Picture, generator: Generator): void {
  const place = between(generator, 4, 28);
  const lean = between(generator, -0.6, 0.6);
  const upright = chance(generator, 0.5);
  const halfWidth = between(generator, 0.3, 0.8);
  forEachPixel(picture, (pixel, x, y) => {
    const offset = (upright ? x : y) - place + lean * ((upright ? y : x) - 16);
    const opacity = 0.8 * coverage(Math.abs(offset) - halfWidth, 1 / picture.unit);
    coverInto(picture.colours, pixel, [0.1, 0.1, 0.1], opacity);
  });
}

function paintScrewInto(picture: Picture, palette: Palette, generator: Generator): void {
  const {colours, unit} = picture;
  const centreX = between(generator, 2, 30);
  const centreY = between(generator, 2, 30);
  forEachPixel(picture, (pixel, x, y) => {
    const dx = x - centreX;
    const dy = y - centreY;
    const distance = Math.sqrt(dx * dx + dy * dy);
    coverInto(colours, pixel, palette.joint, coverage(distance - 1.1, 1 / unit));
    shadeInto(colours, pixel, 1 - 0.4 * coverage(Math.abs(distance - 1.2) - 0.2, 1 / unit));
  });
}
