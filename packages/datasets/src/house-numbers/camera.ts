import {type Generator, cosTurns, sinTurns} from '@minefield/core';
import {between, chance} from './draws.ts';

/** A projective map of the plane: nine numbers by rows. */
export type Projection = readonly [
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
];

/**
 * How the wall is seen. On the wall the digit in the middle has height
 * 1 and its centre at the origin, y downwards; the image is the unit square.
 */
export interface Camera {
  readonly toImage: Projection;
  readonly toWall: Projection;
  /** Height of the digit in the middle, as part of the image. */
  readonly height: number;
}

export function drawCamera(generator: Generator): Camera {
  const height = between(generator, 0.7, 0.92);
  const tilt = chance(generator, 0.15) ? between(generator, -0.05, 0.05) : between(generator, -0.015, 0.015);
  const stretch = between(generator, 0.85, 1.15);
  const shear = between(generator, -0.12, 0.12);
  const sine = height * sinTurns(tilt);
  const cosine = height * cosTurns(tilt);
  const x = 0.5 + between(generator, -0.06, 0.06);
  const y = 0.5 + between(generator, -0.05, 0.05);
  const turnX = between(generator, -0.16, 0.16);
  const turnY = between(generator, -0.16, 0.16);
  const toImage: Projection = [
    stretch * cosine + x * turnX,
    -sine + x * turnY,
    x,
    stretch * (sine + shear * cosine) + y * turnX,
    cosine + y * turnY,
    y,
    turnX,
    turnY,
    1,
  ];
  return {toImage, toWall: adjugate(toImage), height};
}

/** The inverse of a projective map, up to a factor, which such a map does not see. */
function adjugate([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
