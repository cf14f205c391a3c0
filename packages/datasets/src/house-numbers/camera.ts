import {type Generator, cosTurns, sinTurns} from '@minefield/core';
import {between, chance} from './draws.ts';

/**
 * A projective map from the wall to the image, as nine numbers by rows. On the wall the digit in the middle has height
 * 1 and its centre at the origin, y downwards; the image is the unit square.
 */
export interface Camera {
  readonly toImage: readonly number[];
  readonly toWall: readonly number[];
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
  const toImage = [
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
function adjugate(m: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
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
