import type {SkeletonStroke} from './parse-skeleton.ts';

/** A place in the box of a skeleton, or on the wall, or in the picture. */
export type Point = readonly [x: number, y: number];

/** Straight pieces that stand for one curve. */
const PIECES = 6;
/** How far towards the corner the control points of a cubic curve lie that looks like a quarter of a circle. */
const KAPPA = 0.5522847498;

/**
 * A stroke as a chain of points in the box of its skeleton.
 *
 * @param corner part of a quarter turn that bends, 0 .. 1; what is left at its ends is straight
 * @param cut whether that part is one straight cut
 */
export function tracePath(stroke: SkeletonStroke, corner: number, cut: boolean): Point[] {
  const points: Point[] = [[stroke.x, stroke.y]];
  let {x, y} = stroke;
  for (const command of stroke.commands) {
    if (command.kind === 'C') {
      const [x1, y1, x2, y2] = command.controls;
      pushCurve(points, [x, y, x1, y1, x2, y2, command.x, command.y]);
    } else if (command.kind !== 'L') {
      const cornerX = command.kind === 'H' ? command.x : x;
      const cornerY = command.kind === 'H' ? y : command.y;
      const beginX = cornerX + corner * (x - cornerX);
      const beginY = cornerY + corner * (y - cornerY);
      const endX = cornerX + corner * (command.x - cornerX);
      const endY = cornerY + corner * (command.y - cornerY);
      points.push([beginX, beginY]);
      if (cut) points.push([endX, endY]);
      else {
        const x1 = beginX + KAPPA * (cornerX - beginX);
        const y1 = beginY + KAPPA * (cornerY - beginY);
        const x2 = endX + KAPPA * (cornerX - endX);
        const y2 = endY + KAPPA * (cornerY - endY);
        pushCurve(points, [beginX, beginY, x1, y1, x2, y2, endX, endY]);
      }
    }
    if (command.kind !== 'C') points.push([command.x, command.y]);
    ({x, y} = command);
  }
  return points;
}

/** The points of a cubic curve after its first. */
function pushCurve(
  points: Point[],
  curve: readonly [number, number, number, number, number, number, number, number],
): void {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = curve;
  for (let i = 1; i <= PIECES; i++) {
    const t = i / PIECES;
    const s = 1 - t;
    const a = s * s * s;
    const b = 3 * s * s * t;
    const c = 3 * s * t * t;
    const d = t * t * t;
    points.push([a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3]);
  }
}
