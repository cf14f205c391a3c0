/**
 * How a relief is seen: from above at a slant, without perspective, so that heights stay comparable across the picture. The
 * ground is the square from (−1, −1) to (1, 1); heights go from 0 to {@link HEIGHT}.
 */

/** Height of the highest loss, in half widths of the ground. */
export const HEIGHT = 0.95;

export interface View {
  /** Turn of the ground about the vertical, in radians. */
  readonly turn: number;
  /** From 0, level with the ground, to π/2, straight from above. */
  readonly tilt: number;
}

/** Frame of the picture in CSS pixels, its origin the upper left corner. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface Projection {
  /** Pixels for one half width of the ground. */
  readonly scale: number;
  /** Where the middle of the ground is, in pixels. */
  readonly centre: readonly [number, number];
}

const MARGIN = 0.93;

/** The largest scale at which the whole relief fits, however it is turned. */
export function projectionOf({tilt}: View, {width, height}: Frame): Projection {
  const ground = 2 * Math.SQRT2 * Math.sin(tilt);
  const rise = HEIGHT * Math.cos(tilt);
  const scale = MARGIN * Math.min(width / (2 * Math.SQRT2), height / (ground + rise));
  return {scale, centre: [width / 2, height / 2 + (rise / 2) * scale]};
}

/** Where a point of the relief is in the picture. @param level height of 0 to 1 */
export function project(x: number, y: number, level: number, view: View, frame: Frame): [number, number] {
  const {scale, centre} = projectionOf(view, frame);
  const [right, near] = turned(x, y, view);
  const up = level * HEIGHT * Math.cos(view.tilt) - near * Math.sin(view.tilt);
  return [centre[0] + scale * right, centre[1] - scale * up];
}

/** Place on the ground as seen: to the right, and towards the viewer. */
function turned(x: number, y: number, {turn}: View): [number, number] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [cos * x + sin * y, sin * x - cos * y];
}

const STEPS = 160;

/**
 * The place of the relief that is seen at a point of the picture; the nearest of the ground where there is none.
 *
 * @param levelAt height of 0 to 1 at a place of the ground
 */
export function pick(
  left: number,
  top: number,
  levelAt: (x: number, y: number) => number,
  view: View,
  frame: Frame,
): [number, number] {
  const {scale, centre} = projectionOf(view, frame);
  const right = (left - centre[0]) / scale;
  const up = (centre[1] - top) / scale;
  const [sin, cos] = [Math.sin(view.tilt), Math.cos(view.tilt)];
  const clamp = (value: number): number => Math.min(1, Math.max(-1, value));
  /** From the viewer to the far side; the line of sight falls on its way. */
  for (let i = 0; i <= STEPS; i++) {
    const near = Math.SQRT2 * (1 - (2 * i) / STEPS);
    const [x, y] = onGround(right, near, view);
    if (Math.abs(x) > 1 || Math.abs(y) > 1) continue;
    if (up + near * sin <= levelAt(x, y) * HEIGHT * cos) return [x, y];
  }
  const [x, y] = onGround(right, -up / sin, view);
  return [clamp(x), clamp(y)];
}

/** The inverse of `turned`. */
function onGround(right: number, near: number, {turn}: View): [number, number] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [cos * right + sin * near, sin * right - cos * near];
}

/** Whether a place of the relief lies behind something higher. */
export function isHidden(
  x: number,
  y: number,
  levelAt: (x: number, y: number) => number,
  view: View,
): boolean {
  const [right, near] = turned(x, y, view);
  const rise = Math.tan(view.tilt) / HEIGHT;
  const level = levelAt(x, y);
  for (let i = 1; i <= STEPS; i++) {
    const step = (2 * Math.SQRT2 * i) / STEPS;
    const [ahead, aside] = onGround(right, near + step, view);
    if (Math.abs(ahead) > 1 || Math.abs(aside) > 1) return false;
    if (levelAt(ahead, aside) > level + step * rise + 0.015) return true;
  }
  return false;
}
