import type {Generator} from '@minefield/core';
import {between, pick} from './draws.ts';
import type {Colour} from './picture.ts';

/** The colours of one house. */
export interface Palette {
  readonly wall: Colour;
  /** The second colour of the wall: mortar, joints, a frame. */
  readonly joint: Colour;
  readonly plate: Colour;
  /** Of the digits: at least 0.28 in brightness from what is behind them. */
  readonly ink: Colour;
  /** Of the digits' outlines. */
  readonly trim: Colour;
}

type Weighted = readonly (readonly [Colour, number])[];

const WALLS: Weighted = [
  [[0.5, 0.31, 0.25], 12], // brick
  [[0.42, 0.32, 0.24], 8], // wood
  [[0.8, 0.73, 0.58], 12], // cream
  [[0.82, 0.83, 0.84], 14], // white
  [[0.54, 0.55, 0.56], 16], // concrete
  [[0.3, 0.33, 0.38], 9], // slate
  [[0.17, 0.3, 0.23], 5], // bottle green
  [[0.22, 0.31, 0.47], 8], // blue
  [[0.11, 0.11, 0.12], 6], // black
  [[0.72, 0.62, 0.42], 4], // ochre
  [[0.62, 0.53, 0.42], 10], // sandstone
  [[0.48, 0.18, 0.17], 3], // red
  [[0.5, 0.57, 0.48], 4], // sage
];

const INKS: Weighted = [
  [[0.08, 0.08, 0.09], 26],
  [[0.93, 0.93, 0.9], 24],
  [[0.72, 0.56, 0.27], 16], // brass
  [[0.66, 0.67, 0.69], 10], // steel
  [[0.12, 0.18, 0.42], 7],
  [[0.62, 0.14, 0.12], 5],
  [[0.13, 0.3, 0.2], 3],
  [[0.36, 0.22, 0.13], 6], // bronze
  [[0.86, 0.74, 0.36], 3],
];

export function brightness([red, green, blue]: Colour): number {
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/** The colour with so much added to each channel. */
function brighten([red, green, blue]: Colour, by: number): Colour {
  return [red + by, green + by, blue + by];
}

/** A colour of the list, and a little off it. */
function drawColour(generator: Generator, colours: Weighted): Colour {
  const [red, green, blue] = pick(generator, colours);
  const lightness = between(generator, -0.1, 0.1);
  const tint = (): number => lightness + between(generator, -0.03, 0.03);
  return [red + tint(), green + tint(), blue + tint()];
}

/** The colour, made brighter or darker where its brightness is nearer to the ground's than the contrast asked for. */
function standOut(colour: Colour, ground: Colour, contrast: number): Colour {
  const difference = brightness(colour) - brightness(ground);
  if (Math.abs(difference) >= contrast) return colour;
  const room = difference > 0 ? 1 - brightness(ground) : brightness(ground);
  const sign = (difference > 0 ? 1 : -1) * (room < contrast ? -1 : 1);
  return brighten(colour, sign * contrast - difference);
}

/** @param plated whether the digits are on the plate, not on the wall */
export function drawPalette(generator: Generator, plated: boolean): Palette {
  const wall = drawColour(generator, WALLS);
  const joint = brighten(wall, between(generator, 0.06, 0.25) * (brightness(wall) > 0.5 ? -1 : 1));
  const plate = standOut(drawColour(generator, WALLS), wall, 0.08);
  const contrast = 0.28 + 0.4 * generator.uniform() * generator.uniform();
  const ink = standOut(drawColour(generator, INKS), plated ? plate : wall, contrast);
  const trim = standOut(drawColour(generator, INKS), ink, 0.25);
  return {wall, joint, plate, ink, trim};
}
