import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {linearPath, pathPointInto} from './bezier-path.ts';
import {pathBarrier, scanPath} from './scan-path.ts';
import {type BezierTrainingState, trainBezierPath} from './train-bezier-path.ts';

/** (x² + y² − 1)²: a ring of minima, and a hill of height 1 between any two that face each other. */
const ring: Objective = {
  dimension: 2,
  loss: (thetas) =>
    Promise.resolve(
      Float64Array.from(
        {length: thetas.length / 2},
        (_, k) => ((thetas[2 * k] ?? 0) ** 2 + (thetas[2 * k + 1] ?? 0) ** 2 - 1) ** 2,
      ),
    ),
  gradient: (theta) => {
    const [x = 0, y = 0] = theta;
    const slope = 4 * (x * x + y * y - 1);
    return Promise.resolve(Float32Array.of(slope * x, slope * y));
  },
};
const [west, east] = [Float32Array.of(-1, 0), Float32Array.of(1, 0)];
const ts = Float64Array.from({length: 41}, (_, i) => i / 40);
const options = {
  generator: createGenerator(1),
  steps: 800,
  learningRate: 0.02,
  control: Float32Array.of(0, 0.3),
};

describe('paths', () => {
  it('are Bézier curves: ends at the ends, and a straight line where the control point is in the middle', async () => {
    const out = new Float32Array(2);
    pathPointInto(out, {start: west, control: Float32Array.of(0, 4), end: east}, 0.5);
    expect(Array.from(out)).toEqual([0, 2]);
    pathPointInto(out, linearPath(west, east), 0.25);
    expect(Array.from(out)).toEqual([-0.5, 0]);
    const losses = await scanPath(ring, linearPath(west, east), ts);
    expect(pathBarrier(ts, losses)).toBe(1);
    expect(losses[10]).toBeCloseTo(0.75 ** 2, 12);
  });

  it('bend around a hill when trained: the barrier falls from 1 to what a parabola on a ring must keep', async () => {
    const {path, steps} = await trainBezierPath(ring, west, east, options);
    expect(steps).toBe(800);
    expect(path.start).toEqual(west);
    expect(path.end).toEqual(east);
    expect(pathBarrier(ts, await scanPath(ring, path, ts))).toBeLessThan(0.1);
    expect(path.control[1]).toBeGreaterThan(1.5);
  });

  it('train on from where they stopped, to the same bits', async () => {
    const whole = await trainBezierPath(ring, west, east, {...options, steps: 60});
    const half = await trainBezierPath(ring, west, east, {...options, steps: 25});
    const resumed = await trainBezierPath(ring, west, east, {...options, steps: 60, resume: half});
    expect(resumed).toEqual(whole);
  });

  it('train on only between the same ends, from a whole state', async () => {
    const half = await trainBezierPath(ring, west, east, {...options, steps: 25});
    const attempt = (change: Partial<BezierTrainingState>, end = east) =>
      trainBezierPath(ring, west, end, {...options, resume: {...half, ...change}});
    await expect(attempt({}, Float32Array.of(0, 1))).rejects.toThrow(/same ends/);
    await expect(attempt({firstMoment: new Float64Array(1)})).rejects.toThrow(/2 numbers, got 1/);
    await expect(attempt({control: new Float64Array(3)})).rejects.toThrow(/2 numbers, got 3/);
  });

  it('refuse what they cannot use, and stop when asked', async () => {
    await expect(trainBezierPath(ring, west, Float32Array.of(1), options)).rejects.toThrow(
      /end of 2 numbers, got 1/,
    );
    const {gradient: _, ...flat} = ring;
    await expect(trainBezierPath(flat, west, east, options)).rejects.toThrow(/gradient/);
    const broken = {...ring, gradient: () => Promise.resolve(new Float32Array(2).fill(Number.NaN))};
    await expect(trainBezierPath(broken, west, east, options)).rejects.toThrow(/finite gradients/);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(trainBezierPath(ring, west, east, {...options, signal})).rejects.toThrow('enough');
    expect(() => linearPath(west, new Float32Array(3))).toThrow(RangeError);
  });
});

describe('pathBarrier', () => {
  it('is measured from the straight line between the ends, and infinite where the loss is NaN', () => {
    expect(pathBarrier([0, 0.5, 1], [1, 2.5, 3])).toBe(0.5);
    expect(pathBarrier([0, 0.5, 1], [1, 0, 3])).toBe(0);
    expect(pathBarrier([0, 0.25, 0.5, 1], [0, Number.NaN, 2, 0])).toBe(Infinity);
    expect(() => pathBarrier([0, 0.5], [0, 1])).toThrow(/from 0 to 1/);
  });
});
