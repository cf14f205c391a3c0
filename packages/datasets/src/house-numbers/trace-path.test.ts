import {expect, test} from 'vitest';
import {type SkeletonStroke, parseSkeleton, turnSkeleton} from './parse-skeleton.ts';
import {type Point, tracePath} from './trace-path.ts';

function strokesOf(path: string): readonly SkeletonStroke[] {
  return parseSkeleton(path).strokes;
}

/** The points of the only stroke of a path. */
function trace(path: string, corner: number, cut: boolean): Point[] {
  return strokesOf(path).flatMap((stroke) => tracePath(stroke, corner, cut));
}

test('four quarters make an ellipse, to the 0.03% of a cubic curve', () => {
  const points = trace('M.5 0 H1 .5 V.5 1 H0 .5 V.5 0', 1, false);
  expect(points.length).toBeGreaterThan(20);
  for (const [x, y] of points) expect(Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.5)).toBeLessThan(0.00015);
});

test('a squared corner is straight but for its middle, and a cut one is an octagon', () => {
  expect(trace('M0 0 H1 1', 0.25, true)).toEqual([
    [0, 0],
    [0.75, 0],
    [1, 0.25],
    [1, 1],
  ]);
  const [begin, straight, ...bend] = trace('M0 0 V1 1', 0.25, false);
  expect([begin, straight]).toEqual([
    [0, 0],
    [0, 0.75],
  ]);
  expect(bend.at(-1)).toEqual([1, 1]);
  for (const [x, y] of bend.slice(0, -1)) {
    expect(Math.abs(Math.hypot(x - 0.25, y - 0.75) - 0.25)).toBeLessThan(0.0001);
  }
});

test('an end is free where no other part of the digit begins, ends or turns', () => {
  const [stem, bar] = strokesOf('M.5 0 L.5 1 M.5 1 L1 1');
  expect([stem?.startIsFree, stem?.endIsFree]).toEqual([true, false]);
  expect([bar?.startIsFree, bar?.endIsFree]).toEqual([false, true]);
});

test('half a turn sends each point through the middle, and two of them change nothing', () => {
  const skeleton = parseSkeleton('M.25 0 C.5 .25 .75 .25 1 .5 H.5 1');
  const [stroke] = turnSkeleton(skeleton).strokes;
  expect(stroke).toMatchObject({
    x: 0.75,
    y: 1,
    commands: [{controls: [0.5, 0.75, 0.25, 0.75]}, {x: 0.5, y: 0}],
  });
  expect(turnSkeleton(turnSkeleton(skeleton))).toEqual(skeleton);
});
