import {describe, expect, it} from 'vitest';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {radiiInPlane} from './radii-in-plane.ts';

describe('radii in a plane', () => {
  // ½ (4 x² + y²): an ellipse half as wide as it is high; z does not lie in the plane.
  const bowl = quadraticBowl([4, 1, 100]);
  const anchor = new Float32Array(3);
  const plane = {first: Float32Array.of(1, 0, 0), second: Float32Array.of(0, 2, 0)};

  it('are those of an ellipse, in lengths of the two directions', async () => {
    const radii = await radiiInPlane(bowl, anchor, plane, {cutoff: 0.5, maximum: 100, directions: 12});
    expect(radii).toHaveLength(12);
    radii?.forEach((radius, i) => {
      const angle = (2 * Math.PI * i) / 12;
      // At (cos φ, 2 sin φ) t the loss is ½ (4 cos² + 4 sin²) t² = 2 t².
      expect(Math.abs(radius / 0.5 - 1), `${angle}`).toBeLessThan(1e-3);
    });
    const along = await radiiInPlane(
      bowl,
      anchor,
      {first: plane.first, second: Float32Array.of(0, 1, 0)},
      {
        cutoff: 0.5,
        maximum: 1e4,
        directions: 4,
      },
    );
    expect(along?.[0]).toBeCloseTo(0.5, 3);
    expect(along?.[1]).toBeCloseTo(1, 3);
  });

  it('are Infinity where the loss never crosses, and none where the anchor lies above the cutoff', async () => {
    expect(await radiiInPlane(bowl, anchor, plane, {cutoff: 0.5, maximum: 0.1, directions: 2})).toEqual(
      Float64Array.of(Infinity, Infinity),
    );
    expect(await radiiInPlane(bowl, Float32Array.of(1, 0, 0), plane, {cutoff: 0.5, maximum: 10})).toBeNull();
  });

  it('refuse directions of another length', async () => {
    const short = {...plane, second: new Float32Array(2)};
    await expect(radiiInPlane(bowl, anchor, short, {cutoff: 0.5, maximum: 1})).rejects.toThrow(
      /radiiInPlane: expected a second direction of/,
    );
  });
});
