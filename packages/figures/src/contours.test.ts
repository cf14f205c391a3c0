import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {contourBands, contourLine} from './contours.ts';
import {type Point, simplifyRing} from './simplify-ring.ts';

const axis = Array.from({length: 61}, (_, i) => -3 + i / 10);
const square = axis.map((value) => (value + 3) ** 2 / 6 - 3);
const paraboloid = (xs: readonly number[], ys: readonly number[]): number[] =>
  ys.flatMap((y) => xs.map((x) => x * x + y * y));

function pointsOf(path: string): [number, number][] {
  return [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('contourLine', () => {
  it('draws the circle where a paraboloid is 4, at two thirds of a view that reaches to 3', () => {
    const points = pointsOf(contourLine(paraboloid(axis, axis), axis, axis, 4));
    expect(points.length).toBeGreaterThan(20);
    // 1 / 60 of the view is a grid cell; linear interpolation is far better, the tolerance of the drawing 0.0015.
    for (const [x, y] of points) expect(Math.abs(Math.hypot(x, y) - 2 / 3)).toBeLessThan(0.004);
  });

  it('puts columns of uneven spacing where they belong', () => {
    const points = pointsOf(contourLine(paraboloid(square, axis), square, axis, 4));
    expect(points.length).toBeGreaterThan(20);
    for (const [x, y] of points) expect(Math.abs(Math.hypot(x, y) - 2 / 3)).toBeLessThan(0.02);
  });

  it('has rising y upward and ends at the border', () => {
    const line = contourLine(
      axis.flatMap((y) => axis.map(() => y)),
      axis,
      axis,
      1.5,
    );
    const points = pointsOf(line);
    for (const [, y] of points) expect(y).toBeCloseTo(-0.5, 3);
    expect(
      points
        .map(([x]) => x)
        .toSorted((a, b) => a - b)
        .at(-1),
    ).toBe(1);
    expect(line).not.toContain('Z');
  });
});

describe('contourBands', () => {
  it('nests, covers what lies above, and leaves out thresholds above all', () => {
    const bands = contourBands(paraboloid(axis, axis), axis, axis, [1, 4, 100]);
    expect(bands.map(({threshold}) => threshold)).toEqual([1, 4]);
    for (const {path} of bands) {
      expect(path).toMatch(/^M.*Z$/);
      expect(pointsOf(path).filter(([x, y]) => Math.abs(x) === 1 && Math.abs(y) === 1)).toHaveLength(4);
    }
  });

  it('takes an overflowed loss as higher than all else', () => {
    const values = paraboloid(axis, axis).map((value, i) => (i === 30 * 61 + 30 ? null : value));
    const [band] = contourBands(values, axis, axis, [17]);
    const inner = pointsOf(band?.path ?? '').filter(([x, y]) => Math.hypot(x, y) < 0.1);
    expect(inner.length).toBeGreaterThan(2);
  });
});

describe('simplifyRing', () => {
  it('keeps the corners of a square and nothing else', () => {
    const side = [0, 1, 2, 3];
    const ring: Point[] = [
      ...side.map((t): Point => [t, 0]),
      ...side.map((t): Point => [4, t]),
      ...side.map((t): Point => [4 - t, 4]),
      ...side.map((t): Point => [0, 4 - t]),
    ];
    expect(simplifyRing(ring, 1e-6)).toEqual([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
  });

  it('keeps points of the ring, in their order, every one at tolerance 0 that is no corner of a line', () => {
    const point = fc.tuple(fc.integer({min: -9, max: 9}), fc.integer({min: -9, max: 9}));
    fc.assert(
      fc.property(fc.array(point, {maxLength: 30}), fc.constantFrom(0, 0.5, 2), (ring, tolerance) => {
        const kept = simplifyRing(ring, tolerance);
        const positions = kept.map((p) => ring.indexOf(p as [number, number]));
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        expect(positions).not.toContain(-1);
      }),
    );
  });
});
