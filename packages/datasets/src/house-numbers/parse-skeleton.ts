export type StrokeCommand =
  | {readonly kind: 'L' | 'H' | 'V'; readonly x: number; readonly y: number}
  | {readonly kind: 'C'; readonly controls: readonly number[]; readonly x: number; readonly y: number};

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
 */
export function parseSkeleton(path: string): Skeleton {
  const paths = path.split('M').slice(1);
  const vertices: (readonly [number, number])[] = [];
  const strokes = paths.map((text) => {
    const numbersOf = (part: string): number[] => (part.match(/-?[\d.]+/g) ?? []).map(Number);
    const [head = '', ...rest] = text.split(/(?=[LHVC])/);
    const [x = 0, y = 0] = numbersOf(head);
    vertices.push([x, y]);
    const commands = rest.map((part): StrokeCommand => {
      const numbers = numbersOf(part);
      const [endX = 0, endY = 0] = numbers.slice(-2);
      vertices.push([endX, endY]);
      const kind = part.charAt(0);
      if (kind === 'C') return {kind, controls: numbers.slice(0, 4), x: endX, y: endY};
      return {kind: kind === 'H' || kind === 'V' ? kind : 'L', x: endX, y: endY};
    });
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
        return turned.kind === 'C' ? {...turned, controls: turned.controls.map(flip)} : turned;
      }),
    })),
    left: flip(skeleton.right),
    right: flip(skeleton.left),
  };
}
