import type {Camera} from './camera.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** The buffers of one picture; used again from picture to picture. */
export interface Picture {
  readonly size: number;
  /** Pixels to a thirty-second of the picture, in which lengths on the picture are given. */
  readonly unit: number;
  /** `[size, size, 3]`, 0 black to 1 white, unclipped. */
  readonly colours: Float64Array;
  /** Where on the wall each pixel's centre lies, `[size, size]` each. */
  readonly wallX: Float64Array;
  readonly wallY: Float64Array;
  /** Signed distance to the lettering in units, negative inside, `[size, size]`. */
  readonly lettering: Float64Array;
  /** The same for one digit, and room for a line of a blur. */
  readonly scratch: Float64Array;
}

export function createPicture(size: number): Picture {
  const plane = (): Float64Array => new Float64Array(size * size);
  return {
    size,
    unit: size / 32,
    colours: new Float64Array(size * size * 3),
    wallX: plane(),
    wallY: plane(),
    lettering: plane(),
    scratch: plane(),
  };
}

/** Looks up where on the wall each pixel lies. */
export function aimInto(picture: Picture, camera: Camera): void {
  const {size, wallX, wallY} = picture;
  const [a, b, c, d, e, f, g, h, i] = camera.toWall;
  for (let pixel = 0; pixel < size * size; pixel++) {
    const column = pixel % size;
    const x = (column + 0.5) / size;
    const y = ((pixel - column) / size + 0.5) / size;
    const depth = g * x + h * y + i;
    wallX[pixel] = (a * x + b * y + c) / depth;
    wallY[pixel] = (d * x + e * y + f) / depth;
  }
}

/** Lays a colour over one pixel. */
export function coverInto(colours: Float64Array, pixel: number, colour: Colour, opacity: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const at = 3 * pixel + channel;
    const below = colours[at] ?? 0;
    colours[at] = below + opacity * ((colour[channel] ?? 0) - below);
  }
}

/** Multiplies one pixel. */
export function shadeInto(colours: Float64Array, pixel: number, factor: number): void {
  for (let at = 3 * pixel; at < 3 * pixel + 3; at++) colours[at] = (colours[at] ?? 0) * factor;
}

/** How much of a pixel lies inside an edge, from the signed distance and the width over which the edge fades. */
export function coverage(distance: number, fade: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance / fade));
}
