import type {Generator} from '@minefield/core';
import {between, chance, pick} from './draws.ts';
import type {Palette} from './palette.ts';
import {type Picture, coverInto, coverage, shadeInto} from './picture.ts';
import type {Texture} from './texture.ts';

/** How the digits are made. Lengths in thirty-seconds of the picture. */
export interface Finish {
  readonly kind: 'painted' | 'outlined' | 'hollow' | 'raised' | 'engraved';
  /** Width of the outline. */
  readonly outline: number;
  /** Where the shadow falls, and how dark; it is 0 for painted digits. */
  readonly shadowX: number;
  readonly shadowY: number;
  readonly shadow: number;
  readonly softness: number;
  /** Brighter above than below, by this much. */
  readonly sheen: number;
  /** Share of the paint that has come off. */
  readonly wear: number;
  readonly opacity: number;
}

export function drawFinish(generator: Generator): Finish {
  const kind = pick(generator, [
    ['painted', 40],
    ['outlined', 10],
    ['hollow', 6],
    ['raised', 34],
    ['engraved', 10],
  ] as const);
  const draw = (low: number, high: number): number => between(generator, low, high);
  const standsOff = kind === 'raised' || (kind === 'outlined' && chance(generator, 0.5));
  return {
    kind,
    outline: draw(0.9, 1.5),
    shadowX: draw(-2, 2),
    shadowY: draw(0.4, 2.2),
    shadow: standsOff ? draw(0.15, 0.6) : 0,
    softness: draw(1, 4),
    sheen: draw(-0.12, 0.12),
    wear: chance(generator, 0.12) ? draw(0.1, 0.3) : 0,
    opacity: draw(0.85, 1),
  };
}

/** Paints the digits whose distances `picture.lettering` holds. */
export function paintLetteringInto(
  picture: Picture,
  palette: Palette,
  finish: Finish,
  texture: Texture,
): void {
  const {colours, size, unit, lettering, wallX, wallY} = picture;
  const {kind, outline} = finish;
  const fade = 1 / unit;
  const relief = kind === 'raised' ? 0.1 : kind === 'engraved' ? -0.16 : 0;
  // The light comes from above, from the side away from the shadow.
  const lightX = (finish.shadowX < 0 ? 0.7 : -0.7) * unit;
  const lightY = -0.7 * unit;
  for (let pixel = 0; pixel < size * size; pixel++) {
    if (finish.shadow > 0) {
      const cast = distanceAt(picture, pixel, -finish.shadowX * unit, -finish.shadowY * unit);
      shadeInto(colours, pixel, 1 - finish.shadow * coverage(cast, finish.softness));
    }
    const distance = lettering[pixel] ?? 0;
    const u = wallX[pixel] ?? 0;
    const v = wallY[pixel] ?? 0;
    if (kind === 'outlined') coverInto(colours, pixel, palette.trim, coverage(distance - outline, fade));
    const shape = kind === 'hollow' ? Math.max(distance, -distance - outline) : distance;
    let inside = coverage(shape, fade) * finish.opacity;
    if (inside === 0) continue;
    if (finish.wear > 0) inside *= Math.min(1, Math.max(0.25, 8 * (texture(6 * u, 6 * v) - finish.wear)));
    coverInto(colours, pixel, palette.ink, inside);
    let light = -2 * finish.sheen * v;
    if (relief !== 0) {
      const slope = distanceAt(picture, pixel, lightX, lightY) - distanceAt(picture, pixel, -lightX, -lightY);
      light += relief * Math.min(1.5, Math.max(-1.5, slope));
    }
    shadeInto(colours, pixel, 1 + inside * light);
  }
}

/** The distance at an offset in pixels from a pixel, interpolated; the edge's value beyond the edge. */
function distanceAt({lettering, size}: Picture, pixel: number, offsetX: number, offsetY: number): number {
  const column = pixel % size;
  const x = Math.min(size - 1, Math.max(0, column + offsetX));
  const y = Math.min(size - 1, Math.max(0, (pixel - column) / size + offsetY));
  const left = Math.min(size - 2, Math.floor(x));
  const top = Math.min(size - 2, Math.floor(y));
  const at = top * size + left;
  const upper = (lettering[at] ?? 0) * (left + 1 - x) + (lettering[at + 1] ?? 0) * (x - left);
  const lower = (lettering[at + size] ?? 0) * (left + 1 - x) + (lettering[at + size + 1] ?? 0) * (x - left);
  return upper * (top + 1 - y) + lower * (y - top);
}
