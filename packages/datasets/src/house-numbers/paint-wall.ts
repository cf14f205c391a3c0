import type {Generator} from '@minefield/core';
import type {Camera} from './camera.ts';
import {between, chance, pick} from './draws.ts';
import type {Palette} from './palette.ts';
import {type Picture, coverInto, coverage, shadeInto} from './picture.ts';
import type {Texture} from './texture.ts';

/** What a house is built of. Places and lengths are on the wall, in heights of a digit. */
interface Surface {
  /** Brightness at a place; 1 is the wall's colour. */
  tone(x: number, y: number): number;
  /** Distance from the nearest joint, negative inside it; without it there are no joints. */
  joint?(x: number, y: number): number;
}

const SURFACES = [
  ['smooth', 24],
  ['rough', 20],
  ['grain', 12],
  ['boards', 14],
  ['brick', 18],
  ['tiles', 10],
] as const;

/** Covers the whole picture with a wall. */
export function paintWallInto(
  picture: Picture,
  camera: Camera,
  palette: Palette,
  texture: Texture,
  generator: Generator,
): void {
  const {colours, size, unit, wallX, wallY} = picture;
  const depth = between(generator, 0.05, 0.3);
  const surface = drawSurface(generator, texture, depth);
  const offsetX = between(generator, 0, 16);
  const offsetY = between(generator, 0, 16);
  const upright = chance(generator, 0.25);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const x = (wallX[pixel] ?? 0) + offsetX;
    const y = (wallY[pixel] ?? 0) + offsetY;
    const u = upright ? y : x;
    const v = upright ? x : y;
    coverInto(colours, pixel, palette.wall, 1);
    shadeInto(colours, pixel, surface.tone(u, v));
    if (surface.joint !== undefined) {
      const joint = coverage(surface.joint(u, v) * camera.height * 32, 1 / unit);
      coverInto(colours, pixel, palette.joint, joint * (0.35 + 2 * depth));
    }
  }
}

/** @param depth how much the brightness varies, 0 .. 0.3 */
function drawSurface(generator: Generator, texture: Texture, depth: number): Surface {
  const kind = pick(generator, SURFACES);
  const draw = (low: number, high: number): number => between(generator, low, high);
  switch (kind) {
    case 'smooth':
      return {tone: (x, y) => 1 + 0.3 * depth * (texture(x, y) - 0.5)};
    case 'rough':
      return {
        tone: (x, y) => 1 + 1.4 * depth * (texture(9 * x, 9 * y) + 0.6 * texture(4 * x, 4 * y) - 0.8),
      };
    case 'grain':
      return {tone: (x, y) => 1 + 1.6 * depth * (texture(1.2 * x, 9 * y) - 0.5)};
    case 'boards':
      return boards(texture, depth, draw(0.3, 0.9));
    case 'brick':
      return masonry(texture, 1.2 * depth, draw(0.2, 0.5), draw(2, 3.5), draw(0.01, 0.025), 0.5);
    case 'tiles':
      return masonry(texture, 0.4 * depth, draw(0.55, 1.3), 1, draw(0.01, 0.025), 0);
  }
}

/** Weatherboards: each throws its shadow on the next. */
function boards(texture: Texture, depth: number, pitch: number): Surface {
  return {
    tone: (x, y) => {
      const board = Math.floor(y / pitch);
      const shadow = Math.max(0, 1 - (y - board * pitch) / 0.12);
      const tone = 0.4 * (texture(3.7 * board + 0.5, 7.3) - 0.5) + 0.5 * (texture(x, 7 * y) - 0.5);
      return 1 + depth * tone - (0.15 + depth) * shadow;
    },
  };
}

/**
 * Courses of equal stones, each of its own brightness.
 *
 * @param ratio length of a stone, in heights
 * @param joint half the width of a joint
 * @param bond by which part of a stone every other course is shifted
 */
function masonry(
  texture: Texture,
  depth: number,
  height: number,
  ratio: number,
  joint: number,
  bond: number,
): Surface {
  const length = height * ratio;
  const shift = (course: number): number => (course % 2 === 0 ? 0 : bond * length);
  return {
    tone: (x, y) => {
      const course = Math.floor(y / height);
      const stone = Math.floor((x + shift(course)) / length);
      const own = texture(5.3 * stone + 0.5, 3.1 * course + 0.5) - 0.5;
      return 1 + depth * (own + 0.4 * (texture(7 * x, 7 * y) - 0.5));
    },
    joint: (x, y) => {
      const course = Math.floor(y / height);
      const along = (x + shift(course)) / length;
      const across = y / height;
      const sideways = Math.abs(along - Math.floor(along + 0.5)) * length;
      return Math.min(sideways, Math.abs(across - Math.floor(across + 0.5)) * height) - joint;
    },
  };
}
