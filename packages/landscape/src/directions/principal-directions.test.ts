import {expect, it} from 'vitest';
import {scipyFixture} from '../../test/scipy-fixture.ts';
import {principalDirections, projectPoints} from './principal-directions.ts';
import {dot} from './vectors.ts';

const {parameters, trajectory, explainedVariance, projections} = scipyFixture.principal;
const points = Array.from({length: trajectory.length / parameters}, (_, t) =>
  Float32Array.from(trajectory.slice(t * parameters, (t + 1) * parameters)),
);
const last = points.at(-1) ?? new Float32Array(parameters);

it('agrees with SciPy’s singular value decomposition: variance explained, and the trajectory as seen from its end', () => {
  const found = principalDirections(points, last, 3);
  explainedVariance.forEach((share, k) => expect(found.explainedVariance[k]).toBeCloseTo(share, 10));
  for (let k = 0; k < 3; k++) {
    const sign = Math.sign((found.projections[k] ?? 0) * (projections[k] ?? 0));
    points.forEach((_, t) =>
      expect(found.projections[3 * t + k]).toBeCloseTo(sign * (projections[3 * t + k] ?? 0), 4),
    );
    found.directions.forEach((other, j) => {
      expect(dot(found.directions[k] ?? [], other)).toBeCloseTo(j === k ? 1 : 0, 6);
    });
  }
});

it('puts the origin at 0, and a point of the plane where it is', () => {
  const {directions} = principalDirections(points, last);
  const [a, b] = directions;
  const inPlane = last.map((value, i) => value + 2 * (a?.[i] ?? 0) - 3 * (b?.[i] ?? 0));
  const seen = Array.from(projectPoints([last, inPlane], last, directions));
  expect(seen).toEqual([0, 0, expect.closeTo(2, 5), expect.closeTo(-3, 5)]);
  expect(() => projectPoints([last.subarray(1)], last, directions)).toThrow(RangeError);
  expect(() => projectPoints([last], last, [[1]])).toThrow(RangeError);
});

it('refuses a trajectory without variance in that many directions', () => {
  const straight = [0, 1, 2, 5].map((t) => Float32Array.of(t, 2 * t, 1));
  expect(principalDirections(straight, Float32Array.of(0, 0, 1), 1).explainedVariance[0]).toBeCloseTo(1, 12);
  expect(() => principalDirections(straight, Float32Array.of(0, 0, 1))).toThrow(/longer trajectory/);
  expect(() => principalDirections([last], last)).toThrow(RangeError);
  expect(() => principalDirections(points, last.subarray(1))).toThrow(/8 numbers, got 9/);
});
