import type {Generator} from '@minefield/core';
import type {Camera} from './camera.ts';
import {between, chance} from './draws.ts';
import type {Palette} from './palette.ts';
import {type Picture, coverInto, coverage, shadeInto} from './picture.ts';
import type {Texture} from './texture.ts';

/** The plate on which the digits stand, in heights of a digit. */
export interface Plate {
  readonly left: number;
  readonly right: number;
  /** Half the height. */
  readonly height: number;
  /** Radius of the corners. */
  readonly radius: number;
  /** How far inside the edge a line runs around, and half its width; 0 for none. */
  readonly inset: number;
  readonly line: number;
  readonly shine: number;
  readonly screws: boolean;
}

/** A plate around digits that reach from `left` to `right`. */
export function drawPlate(generator: Generator, left: number, right: number): Plate {
  const draw = (low: number, high: number): number => between(generator, low, high);
  return {
    left: left - draw(0.12, 0.35),
    right: right + draw(0.12, 0.35),
    height: 0.5 + draw(0.1, 0.3),
    radius: draw(0, 0.25),
    inset: draw(0.04, 0.08),
    line: chance(generator, 0.5) ? draw(0.01, 0.025) : 0,
    shine: draw(-0.15, 0.15),
    screws: chance(generator, 0.5),
  };
}

export function paintPlateInto(
  picture: Picture,
  camera: Camera,
  plate: Plate,
  palette: Palette,
  texture: Texture,
): void {
  const {colours, size, wallX, wallY, unit} = picture;
  const scale = camera.height * 32;
  const middle = (plate.left + plate.right) / 2;
  const halfWidth = (plate.right - plate.left) / 2;
  const fade = 1 / unit;
  for (let pixel = 0; pixel < size * size; pixel++) {
    const u = (wallX[pixel] ?? 0) - middle;
    const v = wallY[pixel] ?? 0;
    const x = Math.abs(u) - halfWidth + plate.radius;
    const y = Math.abs(v) - plate.height + plate.radius;
    const outX = Math.max(0, x);
    const outY = Math.max(0, y);
    const outside = Math.sqrt(outX * outX + outY * outY);
    const distance = outside + Math.min(0, Math.max(x, y)) - plate.radius;
    // Its shadow first: below it, and soft.
    shadeInto(colours, pixel, 1 - 0.35 * coverage((distance - 0.03) * scale, 3));
    const inside = coverage(distance * scale, fade);
    if (inside === 0) continue;
    coverInto(colours, pixel, palette.plate, inside);
    shadeInto(
      colours,
      pixel,
      1 + inside * (plate.shine * (u - v) + 0.08 * (texture(2 * u, 2 * v + 4) - 0.5)),
    );
    if (plate.line > 0) {
      const line = coverage((Math.abs(distance + plate.inset) - plate.line) * scale, fade);
      coverInto(colours, pixel, palette.ink, 0.8 * line);
    }
    if (plate.screws) {
      const screwX = Math.abs(u) - halfWidth + 0.09;
      const screwY = Math.abs(v) - plate.height + 0.09;
      const screw = coverage((Math.sqrt(screwX * screwX + screwY * screwY) - 0.035) * scale, fade);
      coverInto(colours, pixel, palette.joint, screw);
    }
  }
}
