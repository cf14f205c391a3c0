import type {Generator} from '@minefield/core';
import {between, chance, pick} from './draws.ts';
import type {SkeletonFamily} from './skeletons.ts';

/** How all digits of one house are shaped. Lengths are in heights of a digit. */
export interface Typeface {
  readonly family: SkeletonFamily;
  /** Which construction of each digit, in [0, 1). */
  readonly forms: readonly number[];
  /** Width of the box of a digit. */
  readonly width: number;
  /** Half the width of the heaviest stroke. */
  readonly weight: number;
  /** Share of the weight that strokes across the pen lose, and the angle of the pen in turns (0: horizontals are thin). */
  readonly contrast: number;
  readonly penAngle: number;
  /** Shift to the right from foot to head. */
  readonly slant: number;
  /** Height of the waist, from the top. */
  readonly waist: number;
  /** Part of a quarter turn that bends; the rest is straight. */
  readonly corner: number;
  /** Whether corners are cut off straight. */
  readonly cut: boolean;
  readonly round: boolean;
  /** Half the length of serifs; 0 for none. */
  readonly serif: number;
  /** Radius of the balls at the ends of curves, in weights; 0 for none. */
  readonly ball: number;
  /** Half the width of the bridges of a stencil; 0 for none. */
  readonly bridge: number;
  /** Distance between the studs of which strokes are made; 0 for whole strokes. */
  readonly studs: number;
  /** How far a hand goes astray. */
  readonly tremble: number;
}

type Style =
  'sans' | 'rounded' | 'serif' | 'block' | 'segment' | 'stencil' | 'brush' | 'thin' | 'studs' | 'wrought';

const STYLES: readonly (readonly [Style, number])[] = [
  ['sans', 24],
  ['rounded', 13],
  ['serif', 20],
  ['block', 9],
  ['segment', 3],
  ['stencil', 6],
  ['brush', 10],
  ['thin', 7],
  ['studs', 2],
  ['wrought', 6],
];

export function drawTypeface(generator: Generator): Typeface {
  const style = pick(generator, STYLES);
  const draw = (low: number, high: number): number => between(generator, low, high);
  const plain: Typeface = {
    family: 'round',
    forms: Array.from({length: 10}, () => generator.uniform()),
    width: draw(0.38, 0.62),
    weight: draw(0.05, 0.11),
    contrast: draw(0, 0.3),
    penAngle: 0,
    slant: chance(generator, 0.2) ? draw(0, 0.3) : draw(-0.04, 0.04),
    waist: draw(0.44, 0.54),
    corner: draw(0.7, 1),
    cut: false,
    round: false,
    serif: 0,
    ball: 0,
    bridge: 0,
    studs: 0,
    tremble: draw(0, 0.06),
  };
  switch (style) {
    case 'sans':
      return plain;
    case 'rounded':
      return {...plain, round: true, contrast: 0};
    case 'serif':
      return {
        ...plain,
        weight: draw(0.06, 0.1),
        contrast: draw(0.35, 0.75),
        serif: draw(0.1, 0.18),
        ball: draw(1, 1.5),
      };
    case 'block':
      return {
        ...plain,
        family: 'square',
        contrast: 0,
        weight: draw(0.055, 0.115),
        corner: draw(0.25, 0.75),
        cut: chance(generator, 0.5),
        tremble: draw(0, 0.02),
      };
    case 'segment':
      return {...plain, family: 'segment', contrast: 0, weight: draw(0.04, 0.075), tremble: 0};
    case 'stencil':
      return {
        ...plain,
        weight: draw(0.075, 0.12),
        contrast: draw(0, 0.5),
        bridge: draw(0.03, 0.05),
        serif: chance(generator, 0.4) ? draw(0.1, 0.15) : 0,
      };
    case 'brush':
      return {
        ...plain,
        round: true,
        weight: draw(0.05, 0.1),
        contrast: draw(0.2, 0.65),
        penAngle: draw(0, 0.15),
        slant: draw(-0.05, 0.3),
        tremble: draw(0.05, 0.13),
      };
    case 'thin':
      return {
        ...plain,
        weight: draw(0.028, 0.045),
        contrast: 0,
        width: draw(0.45, 0.72),
        tremble: draw(0, 0.02),
      };
    case 'studs':
      return {...plain, round: true, weight: draw(0.04, 0.055), contrast: 0, studs: draw(0.11, 0.14)};
    case 'wrought':
      return {
        ...plain,
        round: true,
        weight: draw(0.04, 0.06),
        contrast: draw(0, 0.3),
        ball: draw(1.3, 2),
        slant: draw(0, 0.2),
        tremble: draw(0.03, 0.1),
      };
  }
}
