import type {Objective} from '@minefield/core';
import {describe, expect, it, vi} from 'vitest';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {pointsAlong, scanLine, streamLine} from './scan-line.ts';
import {scanSurface, streamSurface} from './scan-surface.ts';
import type {ScanState} from './scan.ts';

const bowl = quadraticBowl([2, 8]);
const anchor = Float32Array.of(1, -1);
const xs = Float64Array.from({length: 23}, (_, i) => i - 11);
const ys = [-1, 0, 4];
const grid = {first: [1, 0], second: [0, 0.5], xs, ys};

describe('scanLine', () => {
  it('gives the loss at each anchor + t · direction', async () => {
    const losses = await scanLine(bowl, anchor, [2, 1], [-1, 0, 0.5, 3]);
    expect(Array.from(losses)).toEqual([-1, 0, 0.5, 3].map((t) => (1 + 2 * t) ** 2 + 4 * (t - 1) ** 2));
    expect(Array.from(pointsAlong(anchor, [2, 1], [0.5]))).toEqual([2, -0.5]);
  });

  it('refuses sizes that do not match', async () => {
    await expect(scanLine(bowl, anchor, [1], [0])).rejects.toThrow(/direction of 2 numbers, got 1/);
    await expect(scanLine(bowl, Float32Array.of(1), [1], [0])).rejects.toThrow(/anchor of 2 numbers, got 1/);
    await expect(scanLine({...bowl, preferredBatch: 0}, anchor, [2, 1], [0])).rejects.toThrow(
      /preferredBatch >= 1, got 0/,
    );
  });
});

it('refuses a loss of −Infinity, and too few losses, and passes on what overflows', async () => {
  const giving = (...losses: number[]): Objective => ({
    ...bowl,
    loss: () => Promise.resolve(Float64Array.from(losses)),
  });
  const scan = (objective: Objective) => scanLine(objective, anchor, [1, 1], [0, 1, 2]);
  expect(Array.from(await scan(giving(1, Infinity, Number.NaN)))).toEqual([1, Infinity, Number.NaN]);
  await expect(scan(giving(1, 2, -Infinity))).rejects.toThrow(/got -Infinity at point 2 of 3/);
  await expect(scan(giving(1, 2))).rejects.toThrow(/losses of the objective of 3 numbers, got 2/);
});

describe('scanSurface', () => {
  it('gives rows of y, in batches no larger than the objective prefers', async () => {
    const sizes: number[] = [];
    const counted: Objective = {
      ...bowl,
      preferredBatch: 16,
      loss: (thetas, options) => {
        sizes.push(thetas.length / 2);
        return bowl.loss(thetas, options);
      },
    };
    const losses = await scanSurface(counted, anchor, grid);
    expect(losses[2 * 23 + 5]).toBe((1 + (5 - 11)) ** 2 + 4 * (-1 + 0.5 * 4) ** 2);
    expect(sizes).toEqual([16, 16, 16, 16, 5]);
  });

  it('goes on from the state in which another scan stopped, to the same numbers', async () => {
    const whole = await scanSurface(bowl, anchor, grid);
    let stopped: ScanState | undefined;
    for await (const state of streamSurface({...bowl, preferredBatch: 10}, anchor, grid)) {
      stopped = state;
      if (state.done >= 30) break;
    }
    expect(stopped?.done).toBe(30);
    expect(stopped?.losses[30]).toBeNaN();
    const resumed = await scanSurface(bowl, anchor, grid, stopped && {resume: stopped});
    expect(resumed).toEqual(whole);
    // Nothing is left to do: the state is the result.
    const finished = {done: 69, losses: whole};
    expect(await scanSurface(bowl, anchor, grid, {resume: finished})).toEqual(whole);
  });

  it('reports progress and stops when asked', async () => {
    const controller = new AbortController();
    const progress: number[] = [];
    const scan = scanSurface({...bowl, preferredBatch: 23}, anchor, grid, {
      signal: controller.signal,
      onProgress: (done) => {
        progress.push(done);
        if (done === 46) controller.abort(new Error('enough'));
      },
    });
    await expect(scan).rejects.toThrow('enough');
    expect(progress).toEqual([23, 46]);
  });
});

it('streams a line state by state', async () => {
  const done: number[] = [];
  for await (const state of streamLine({...bowl, preferredBatch: 2}, anchor, [1, 1], [0, 1, 2]))
    done.push(state.done);
  expect(done).toEqual([2, 3]);
});

describe('a scan of many points', () => {
  it('copies its losses once, not after every batch', async () => {
    const points = 1000 * 16;
    const flat: Objective = {
      ...bowl,
      dimension: 1,
      preferredBatch: 16,
      loss: (thetas) => Promise.resolve(new Float64Array(thetas.length)),
    };
    let numbers = 0;
    class Counted extends Float64Array {
      constructor(of: ArrayBuffer, ...rest: number[]) {
        super(of, ...rest);
        // A view has its room already.
        if (!(of instanceof ArrayBuffer)) numbers += this.length;
      }
    }
    vi.stubGlobal('Float64Array', Counted);
    try {
      await scanLine(flat, Float32Array.of(0), [1], new Float32Array(points));
    } finally {
      vi.unstubAllGlobals();
    }
    // What the objective returns, what is collected of it, and the copy at the end.
    expect(numbers).toBe(3 * points);
  });

  it('yields states that keep their numbers while it goes on, each in an array of its own', async () => {
    const states: ScanState[] = [];
    for await (const state of streamLine({...bowl, preferredBatch: 1}, anchor, [1, 1], [0, 1, 2]))
      states.push(state);
    expect(states.map(({losses}) => Array.from(losses))).toEqual([
      [5, Number.NaN, Number.NaN],
      [5, 4, Number.NaN],
      [5, 4, 13],
    ]);
    states[0]?.losses.fill(7);
    expect(states[1]?.losses[0]).toBe(5);
    expect(structuredClone(states[1])).toEqual({done: 2, losses: Float64Array.of(5, 4, Number.NaN)});
  });
});
