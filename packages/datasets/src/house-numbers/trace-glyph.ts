import {at} from '@minefield/core';
import type {Skeleton, SkeletonStroke} from './parse-skeleton.ts';
import {skeletonOf} from './skeletons.ts';
import type {Texture} from './texture.ts';
import {type Point, tracePath} from './trace-path.ts';
import type {Typeface} from './typeface.ts';

/** A stroke as a chain of straight pieces on the wall. Lengths are in heights of a digit. */
export interface TracedStroke {
  readonly points: readonly Point[];
  /** Half the width of the heaviest part. */
  readonly weight: number;
  /** Share of the weight that parts across the pen lose. */
  readonly contrast: number;
  /** Whether corners and ends are round. */
  readonly round: boolean;
}

/** Width of a digit, without that of its strokes. */
export function glyphWidth(digit: number, face: Typeface): number {
  const {left, right} = skeletonIn(face, digit);
  return (right - left) * face.width;
}

/** The strokes of a digit whose centre is at (x, y) of the wall. */
export function traceGlyph(
  digit: number,
  face: Typeface,
  texture: Texture,
  x: number,
  y: number,
): TracedStroke[] {
  const {weight, contrast, round} = face;
  const skeleton = skeletonIn(face, digit);
  return skeleton.strokes.flatMap((stroke) => {
    const path = tracePath(stroke, face.corner, face.cut);
    const points = place(path, skeleton, face, texture, x, y);
    if (face.studs > 0) return studs(points, face);
    return [{points, weight, contrast, round}, ...endings(stroke, path, points, face)];
  });
}

function skeletonIn({family, forms}: Typeface, digit: number): Skeleton {
  return skeletonOf(digit, family, at(forms, digit));
}

/** From the box of the skeleton to the wall. */
function place(
  path: readonly Point[],
  {left, right}: Skeleton,
  {waist, width, slant, tremble}: Typeface,
  texture: Texture,
  x: number,
  y: number,
): Point[] {
  return path.map(([u, v]) => {
    const upright = x + (u - (left + right) / 2) * width;
    const height = v < 0.5 ? 2 * v * waist : waist + (2 * v - 1) * (1 - waist);
    // The hand errs alike at places close to each other, so lines bend and stay whole.
    const astrayX = texture(3 * upright + 5, 2.3 * height) - 0.5;
    const astrayY = texture(3 * upright + 5, 2.3 * height + 8) - 0.5;
    return [upright + slant * (0.5 - height) + tremble * astrayX, y + height - 0.5 + tremble * astrayY];
  });
}

function dot(x: number, y: number, radius: number): TracedStroke {
  const middle: Point = [x, y];
  return {points: [middle, middle], weight: radius, contrast: 0, round: true};
}

/** Studs at equal distances along a chain. */
function studs(points: readonly Point[], face: Typeface): TracedStroke[] {
  const dots: TracedStroke[] = [];
  let next = 0;
  let [x, y] = at(points, 0);
  for (const [toX, toY] of points.slice(1)) {
    const dx = toX - x;
    const dy = toY - y;
    const length = Math.sqrt(dx * dx + dy * dy);
    for (; next < length; next += face.studs) {
      dots.push(dot(x + (next / length) * dx, y + (next / length) * dy, face.weight));
    }
    next -= length;
    [x, y] = [toX, toY];
  }
  return dots;
}

/** What a typeface puts at free ends: balls where curves end, serifs across lines that end at the head or the foot. */
function endings(
  stroke: SkeletonStroke,
  path: readonly Point[],
  points: readonly Point[],
  {weight, contrast, serif, ball}: Typeface,
): TracedStroke[] {
  const ends = [
    {end: 0, inner: 1, free: stroke.startIsFree, straight: at(stroke.commands, 0).kind === 'L'},
    {end: -1, inner: -2, free: stroke.endIsFree, straight: at(stroke.commands, -1).kind === 'L'},
  ];
  return ends.flatMap(({end, inner, free, straight}) => {
    const [x, y] = at(points, end);
    const [u, v] = at(path, end);
    const outermost = v < 0.05 || v > 0.95;
    if (free && ball > 0 && !straight && !outermost) return [dot(x, y, ball * weight)];
    if (!(free && serif > 0 && straight && outermost)) return [];
    const [innerU, innerV] = at(path, inner);
    const stem = Math.abs(innerV - v) > Math.abs(innerU - u);
    const foot: Point = [x, y + (v > 0.5 ? -1.3 : 1.3) * serif];
    return [
      {
        points: stem
          ? [
              [x - serif, y],
              [x + serif, y],
            ]
          : [[x, y], foot],
        weight: weight * (stem ? Math.max(0.4, 1 - contrast) : 0.6),
        contrast: 0,
        round: false,
      },
    ];
  });
}
