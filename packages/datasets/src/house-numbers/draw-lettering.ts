import {cosTurns, sinTurns} from '@minefield/core';
import type {Camera} from './camera.ts';
import {type PieceEnd, REACH, drawPieceInto} from './distance-field.ts';
import type {Picture} from './picture.ts';
import type {Texture} from './texture.ts';
import {type TracedStroke, traceGlyph} from './trace-glyph.ts';
import type {Point} from './trace-path.ts';
import type {Typeface} from './typeface.ts';

/** A digit, and where on the wall its centre is. */
export interface PlacedDigit {
  readonly digit: number;
  readonly x: number;
  readonly y: number;
}

/** Fills `picture.lettering` with the distances from these digits. */
export function drawLetteringInto(
  picture: Picture,
  camera: Camera,
  face: Typeface,
  texture: Texture,
  digits: readonly PlacedDigit[],
): void {
  const {lettering, scratch} = picture;
  const stencilled = face.bridge > 0;
  lettering.fill(REACH);
  for (const placed of digits) {
    if (stencilled) scratch.fill(REACH);
    for (const stroke of traceGlyph(placed.digit, face, texture, placed.x, placed.y)) {
      drawStrokeInto(stencilled ? scratch : lettering, picture, camera, face.penAngle, stroke);
    }
    if (stencilled) addStencilledInto(picture, camera, face, placed);
  }
}

function drawStrokeInto(
  field: Float64Array,
  {size, unit}: Picture,
  camera: Camera,
  penAngle: number,
  {points, weight, contrast, round}: TracedStroke,
): void {
  const projected = project(points, camera, size);
  const penX = cosTurns(penAngle);
  const penY = sinTurns(penAngle);
  let before: PieceEnd | undefined;
  let inX = 0;
  let inY = 0;
  for (const [i, [x, y]] of projected.entries()) {
    // The last point has none after it.
    const [nextX, nextY] = projected[i + 1] ?? [x, y];
    const dx = nextX - x;
    const dy = nextY - y;
    const length = Math.sqrt(dx * dx + dy * dy);
    const outX = length > 0 ? dx / length : inX;
    const outY = length > 0 ? dy / length : inY;
    if (i === 0) [inX, inY] = [outX, outY];
    const across = Math.abs((inX + outX) * penY - (inY + outY) * penX) / 2;
    const halfWidth = camera.height * size * weight * (1 - contrast * (1 - across));
    // Where two pieces meet, both go on to the tip of the mitre: the half-width times the tangent of half the turn.
    // A sharp tip is cut off, and at a stroke's own ends the turn is 0.
    const tangent = Math.abs(inX * outY - inY * outX) / Math.max(0.3, 1 + inX * outX + inY * outY);
    const end: PieceEnd = {x, y, halfWidth, overhang: round ? -1 : halfWidth * tangent};
    if (before !== undefined) drawPieceInto(field, size, unit, before, end);
    before = end;
    inX = outX;
    inY = outY;
  }
}

/** Points on the wall as pixels of the picture. */
function project(points: readonly Point[], {toImage}: Camera, size: number): Point[] {
  const [a, b, c, d, e, f, g, h, i] = toImage;
  return points.map(([x, y]) => {
    const scale = size / (g * x + h * y + i);
    return [scale * (a * x + b * y + c), scale * (d * x + e * y + f)];
  });
}

/** Adds the digit in `scratch` to the lettering, cut in two by the bridges of a stencil. */
function addStencilledInto(
  picture: Picture,
  camera: Camera,
  {bridge, slant}: Typeface,
  {digit, x, y}: PlacedDigit,
): void {
  const {size, lettering, scratch, wallX, wallY} = picture;
  // Down the middle, but across a stem.
  const level = digit === 4 ? -0.1 : digit === 1 || digit === 7 ? 0.1 : undefined;
  for (let pixel = 0; pixel < size * size; pixel++) {
    const v = (wallY[pixel] ?? 0) - y;
    const u = (wallX[pixel] ?? 0) - x + slant * v;
    const offset = Math.abs(level === undefined ? u : v - level);
    const distance = Math.max(scratch[pixel] ?? 0, (bridge - offset) * camera.height * 32);
    lettering[pixel] = Math.min(lettering[pixel] ?? 0, distance);
  }
}
