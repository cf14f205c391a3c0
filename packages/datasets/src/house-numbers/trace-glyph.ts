import type {Skeleton, SkeletonStroke} from './parse-skeleton.ts';
import {skeletonOf} from './skeletons.ts';
import type {Texture} from './texture.ts';
import {tracePath} from './trace-path.ts';
import type {Typeface} from './typeface.ts';

/** A stroke as a chain of straight pieces on the wall. Lengths are in heights of a digit. */
export interface TracedStroke {
  /** x and y by turns. */
  readonly points: readonly number[];
  /** Half the width of the heaviest part. */
  readonly weight: number;
  /** Share of the weight that parts across the pen lose. */
  readonly contrast: number;
  /** Whether corners and ends are round. */
  readonly round: boolean;
}

/** Width of a digit, without that of its strokes. */
export function glyphWidth(digit: number, face: Typeface): number {
  const {left, right} = skeletonOf(digit, face.family, face.forms[digit] ?? 0);
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
  const skeleton = skeletonOf(digit, face.family, face.forms[digit] ?? 0);
  return skeleton.strokes.flatMap((stroke) => {
    const path = tracePath(stroke, face.corner, face.cut);
    const points = place(path, skeleton, face, texture, x, y);
    if (face.studs > 0) return studs(points, face);
    return [{points, weight, contrast, round}, ...endings(stroke, path, points, face)];
  });
}

/** From the box of the skeleton to the wall. */
function place(
  path: readonly number[],
  {left, right}: Skeleton,
  {waist, width, slant, tremble}: Typeface,
  texture: Texture,
  x: number,
  y: number,
): number[] {
  const placed: number[] = [];
  for (let i = 0; i < path.length; i += 2) {
    const upright = x + ((path[i] ?? 0) - (left + right) / 2) * width;
    const v = path[i + 1] ?? 0;
    const height = v < 0.5 ? 2 * v * waist : waist + (2 * v - 1) * (1 - waist);
    // The hand errs alike at places close to each other, so lines bend and stay whole.
    const astrayX = texture(3 * upright + 5, 2.3 * height) - 0.5;
    const astrayY = texture(3 * upright + 5, 2.3 * height + 8) - 0.5;
    placed.push(upright + slant * (0.5 - height) + tremble * astrayX, y + height - 0.5 + tremble * astrayY);
  }
  return placed;
}

function dot(x: number, y: number, radius: number): TracedStroke {
  return {points: [x, y, x, y], weight: radius, contrast: 0, round: true};
}

/** Studs at equal distances along a chain. */
function studs(points: readonly number[], face: Typeface): TracedStroke[] {
  const dots: TracedStroke[] = [];
  let next = 0;
  for (let i = 2; i < points.length; i += 2) {
    const x = points[i - 2] ?? 0;
    const y = points[i - 1] ?? 0;
    const dx = (points[i] ?? 0) - x;
    const dy = (points[i + 1] ?? 0) - y;
    const length = Math.sqrt(dx * dx + dy * dy);
    for (; next < length; next += face.studs) {
      dots.push(dot(x + (next / length) * dx, y + (next / length) * dy, face.weight));
    }
    next -= length;
  }
  return dots;
}

/** What a typeface puts at free ends: balls where curves end, serifs across lines that end at the head or the foot. */
function endings(
  stroke: SkeletonStroke,
  path: readonly number[],
  points: readonly number[],
  {weight, contrast, serif, ball}: Typeface,
): TracedStroke[] {
  const last = path.length - 2;
  const ends = [
    {at: 0, inner: 2, free: stroke.startIsFree, straight: stroke.commands[0]?.kind === 'L'},
    {at: last, inner: last - 2, free: stroke.endIsFree, straight: stroke.commands.at(-1)?.kind === 'L'},
  ];
  return ends.flatMap(({at, inner, free, straight}) => {
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    const v = path[at + 1] ?? 0;
    const outermost = v < 0.05 || v > 0.95;
    if (free && ball > 0 && !straight && !outermost) return [dot(x, y, ball * weight)];
    if (!(free && serif > 0 && straight && outermost)) return [];
    const dx = Math.abs((path[inner] ?? 0) - (path[at] ?? 0));
    const dy = Math.abs((path[inner + 1] ?? 0) - v);
    const stem = dy > dx;
    return [
      {
        points: stem ? [x - serif, y, x + serif, y] : [x, y, x, y + (v > 0.5 ? -1.3 : 1.3) * serif],
        weight: weight * (stem ? Math.max(0.4, 1 - contrast) : 0.6),
        contrast: 0,
        round: false,
      },
    ];
  });
}
