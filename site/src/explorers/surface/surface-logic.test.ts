import {describe, expect, it} from 'vitest';
import {colourOf, levelAt, levelOf} from './loss-scale.ts';
import {movedIn} from './moved-in.ts';
import {type View, isHidden, pick, project} from './relief/camera.ts';
import {STRIDE, meshOf} from './relief/mesh.ts';

const frame = {width: 400, height: 300};
const views: readonly View[] = [
  {turn: 0, tilt: 0.6},
  {turn: 2.1, tilt: 0.9},
  {turn: -0.7, tilt: 1.3},
];

describe('the scale of losses', () => {
  it('puts decades at even heights and ends at its ends', () => {
    expect([1e-9, 1e-3, 0.01, 0.1, 1, 10, 100, 1e9, Infinity, Number.NaN].map(levelOf)).toEqual(
      [0, 0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1].map((value) => expect.closeTo(value, 12) as number),
    );
    expect(levelOf(0)).toBe(0);
    expect([colourOf(0), colourOf(1)]).toEqual(['#27407e', '#f3ecc8']);
  });

  it('interpolates between grid points and holds outside', () => {
    const levels = [0, 1, 0.5, 0.25];
    expect(levelAt(levels, 2, -1, -1)).toBe(0);
    expect(levelAt(levels, 2, 1, 1)).toBe(0.25);
    expect(levelAt(levels, 2, 0, 0)).toBeCloseTo(0.4375);
    expect(levelAt(levels, 2, 5, -5)).toBe(1);
  });
});

describe('a relief', () => {
  it('is picked where it is seen, on a hill too', () => {
    const hill = (x: number, y: number): number => 0.6 * Math.exp(-4 * (x * x + y * y));
    for (const view of views) {
      for (const [x, y] of [
        [0, 0],
        [0.4, -0.2],
        [-0.6, 0.7],
      ] as const) {
        if (isHidden(x, y, hill, view)) continue;
        const [left, top] = project(x, y, hill(x, y), view, frame);
        const [foundX, foundY] = pick(left, top, hill, view, frame);
        expect(Math.hypot(foundX - x, foundY - y)).toBeLessThan(0.05);
      }
    }
  });

  it('stays within its frame however it is turned', () => {
    for (const tilt of [0.3, 0.8, 1.4])
      for (let turn = 0; turn < 6.3; turn += 0.3)
        for (const [x, y, level] of [
          [1, 1, 0],
          [-1, 1, 1],
          [1, -1, 1],
          [-1, -1, 0],
        ] as const) {
          const [left, top] = project(x, y, level, {turn, tilt}, frame);
          expect(left).toBeGreaterThan(0);
          expect(left).toBeLessThan(400);
          expect(top).toBeGreaterThan(0);
          expect(top).toBeLessThan(300);
        }
  });

  it('hides what lies behind a wall, and nothing before it', () => {
    const wall = (_x: number, y: number): number => (Math.abs(y) < 0.1 ? 1 : 0);
    const view = {turn: 0, tilt: 0.5};
    expect(isHidden(0, 0.4, wall, view)).toBe(true);
    expect(isHidden(0, -0.4, wall, view)).toBe(false);
  });

  it('has two triangles a cell and walls down to the ground, with normals of unit length', () => {
    const levels = Float32Array.from({length: 9}, (_, i) => i / 8);
    const {corners, indices} = meshOf(levels, 3);
    expect(indices.length).toBe(3 * (2 * 4 + 4 * 2 * 2));
    expect(Math.max(...indices)).toBe(corners.length / STRIDE - 1);
    for (let i = 0; i < corners.length; i += STRIDE)
      expect(Math.hypot(...corners.subarray(i + 3, i + 6))).toBeCloseTo(1, 5);
    expect([...corners.subarray(STRIDE * 8, STRIDE * 8 + 3)]).toEqual([1, 1, 1]);
  });
});

it('moves a network within a plane', () => {
  const axes = {first: Float32Array.of(1, 0), second: Float32Array.of(0, 2)};
  expect([...movedIn(Float32Array.of(1, 1), axes, 0.5, -1)]).toEqual([1.5, -1]);
});
