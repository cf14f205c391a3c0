/** Where things are in a picture of a loss surface, be it a relief or contours. */
import {levelAt} from './loss-scale.ts';
import {shortNumber} from '../data/format.ts';
import type {LossGrid} from './planes.ts';
import {type Frame, type View, isHidden, pick, project} from './relief/camera.ts';

/** From the upper left corner, in CSS pixels. */
export type Place = readonly [left: number, top: number];

export interface Label {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface Places {
  /** Where a place of the plane is seen, from −1 to 1 along both axes. */
  readonly at: (
    x: number,
    y: number,
  ) => {readonly left: number; readonly top: number; readonly hidden: boolean};
  /** The place of the plane that is seen there. */
  readonly under: (left: number, top: number) => readonly [number, number];
  readonly labels: readonly Label[];
}

/** The square that contours are drawn in; below and beside it is room for the axes. */
export function squareOf({width, height}: Frame): {left: number; top: number; side: number} {
  const side = Math.min(height - 30, width - 92);
  return {left: (width - side) / 2, top: 6, side};
}

interface Shown {
  readonly grid: LossGrid | null;
  readonly relief: boolean;
  readonly view: View;
  readonly frame: Frame;
}

export function placesOf({grid, relief, view, frame}: Shown): Places {
  if (!relief || grid === null) return onContours(grid, frame);
  const height = (x: number, y: number): number => levelAt(grid.levels, grid.size, x, y);
  const front = Math.cos(view.turn) >= 0 ? -1 : 1;
  const side = Math.sin(view.turn) >= 0 ? 1 : -1;
  const below = (x: number, y: number, text: string): Label => {
    const [left, top] = project(x, y, 0, view, frame);
    const lean = left - frame.width / 2;
    const anchor = Math.abs(lean) < frame.width * 0.08 ? 'middle' : lean < 0 ? 'end' : 'start';
    return {text, left: left + Math.sign(lean) * 4, top: top + 17, anchor};
  };
  return {
    at(x, y) {
      const [left, top] = project(x, y, height(x, y), view, frame);
      return {left, top: top - 5, hidden: isHidden(x, y, height, view)};
    },
    under: (left, top) => pick(left, top + 5, height, view, frame),
    labels: [
      below(0, front, `a ± ${shortNumber(grid.half)}`),
      below(side, 0, `b ± ${shortNumber(grid.half)}`),
    ],
  };
}

function onContours(grid: LossGrid | null, frame: Frame): Places {
  const {left, top, side} = squareOf(frame);
  const half = shortNumber(grid?.half ?? 0);
  return {
    at: (x, y) => ({left: left + ((x + 1) / 2) * side, top: top + ((1 - y) / 2) * side, hidden: false}),
    under: (toLeft, toTop) => [
      Math.min(1, Math.max(-1, (2 * (toLeft - left)) / side - 1)),
      Math.min(1, Math.max(-1, 1 - (2 * (toTop - top)) / side)),
    ],
    labels: [
      {text: `−${half}`, left, top: top + side + 16, anchor: 'start'},
      {text: 'a', left: left + side / 2, top: top + side + 16, anchor: 'middle'},
      {text: half, left: left + side, top: top + side + 16, anchor: 'end'},
      {text: half, left: left - 6, top: top + 10, anchor: 'end'},
      {text: 'b', left: left - 6, top: top + side / 2 + 4, anchor: 'end'},
      {text: `−${half}`, left: left - 6, top: top + side, anchor: 'end'},
    ],
  };
}
