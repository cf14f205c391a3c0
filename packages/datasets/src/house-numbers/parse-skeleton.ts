import {InternalError, at} from '@minefield/core';

export type StrokeCommand =
  | {readonly kind: 'L' | 'H' | 'V'; readonly x: number; readonly y: number}
  | {readonly kind: 'C'; readonly controls: Controls; readonly x: number; readonly y: number};

/** The two inner control points of a cubic curve. */
type Controls = readonly [x1: number, y1: number, x2: number, y2: number];

export interface SkeletonStroke {
  readonly x: number;
  readonly y: number;
  readonly commands: readonly StrokeCommand[];
  /** Whether no other stroke, nor another part of this one, begins or turns at the end. */
  readonly startIsFree: boolean;
  readonly endIsFree: boolean;
}

/** The lines along which the strokes of a digit run, in a box of width and height 1, y downwards. */
export interface Skeleton {
  readonly strokes: readonly SkeletonStroke[];
  /** Horizontal extent of the points. */
  readonly left: number;
  readonly right: number;
}

/**
 * Reads the paths of a digit's strokes: `M x y` begins one; `L x y` is a line; `H x y` and `V x y` are quarters of an
 * ellipse that leave horizontally and vertically, of which a typeface makes a round, a squared or a cut corner; `C` is
 * a cubic Bézier curve.
 *
 * @throws {InternalError} for a path that is no such: all of them are constants of this package
 */
export function parseSkeleton(path: string): Skeleton {
  const paths = path.split('M').slice(1);
  const vertices: (readonly [number, number])[] = [];
  const strokes = paths.map((text) => {
    const parts = text.split(/(?=[LHVC])/);
    const [x, y] = numbersOf(at(parts, 0), 2) as [number, number];
    const commands = parts.slice(1).map(parseCommand);
    vertices.push([x, y], ...commands.map((command) => [command.x, command.y] as const));
    return {x, y, commands};
  });
  const isFree = (x: number, y: number): boolean =>
    vertices.filter(([vx, vy]) => vx === x && vy === y).length === 1;
  const xs = vertices.map(([x]) => x);
  return {
    strokes: strokes.map((stroke) => {
      const last = stroke.commands.at(-1) ?? stroke;
      return {...stroke, startIsFree: isFree(stroke.x, stroke.y), endIsFree: isFree(last.x, last.y)};
    }),
    left: Math.min(...xs),
    right: Math.max(...xs),
  };
}

function parseCommand(text: string): StrokeCommand {
  const kind = text.charAt(0);
  if (kind === 'C') {
    const [x1, y1, x2, y2, x, y] = numbersOf(text, 6) as [number, number, number, number, number, number];
    return {kind, controls: [x1, y1, x2, y2], x, y};
  }
  const [x, y] = numbersOf(text, 2) as [number, number];
  return {kind: kind === 'H' || kind === 'V' ? kind : 'L', x, y};
}

function numbersOf(text: string, count: number): number[] {
  const numbers = (text.match(/-?[\d.]+/g) ?? []).map(Number);
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers;
  throw new InternalError(`datasets.parseSkeleton: expected ${count} numbers, got "${text}"; this is a bug`);
}

/** The skeleton after half a turn. */
export function turnSkeleton(skeleton: Skeleton): Skeleton {
  const flip = (value: number): number => 1 - value;
  return {
    strokes: skeleton.strokes.map((stroke) => ({
      ...stroke,
      x: flip(stroke.x),
      y: flip(stroke.y),
      commands: stroke.commands.map((command) => {
        const turned = {...command, x: flip(command.x), y: flip(command.y)};
        if (turned.kind !== 'C') return turned;
        const [x1, y1, x2, y2] = turned.controls;
        return {...turned, controls: [flip(x1), flip(y1), flip(x2), flip(y2)]};
      }),
    })),
    left: flip(skeleton.right),
    right: flip(skeleton.left),
  };
}
