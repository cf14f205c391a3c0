import {createGenerator} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {embed} from './embed.ts';

const settings = {components: 20, perplexity: 5, iterations: 300};

/** Two clouds of points, far apart in a space of 30 dimensions. */
function clouds(): Float32Array[] {
  const generator = createGenerator(7, 'clouds');
  return Array.from({length: 40}, (_, i) =>
    Float32Array.from({length: 30}, () => generator.normal() + (i < 20 ? 0 : 30)),
  );
}

describe('embed', () => {
  it('keeps apart what lies apart: no point is nearer to the other cloud’s centre', () => {
    const {x, y, neighboursKept} = embed(clouds(), settings, 1);
    const centre = (from: number) => [
      x.slice(from, from + 20).reduce((sum, value) => sum + value, 0) / 20,
      y.slice(from, from + 20).reduce((sum, value) => sum + value, 0) / 20,
    ];
    const [a, b] = [centre(0), centre(20)];
    x.forEach((_, i) => {
      const to = ([cx = 0, cy = 0]: number[]) => Math.hypot((x[i] ?? 0) - cx, (y[i] ?? 0) - cy);
      expect(to(a) < to(b)).toBe(i < 20);
    });
    // Ten of the nineteen others of a cloud by chance alone.
    expect(neighboursKept).toBeGreaterThan(10 / 19);
  });

  it('gives the same map for a seed, and another for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => embed(clouds(), settings, seed));
    expect(again).toEqual(first);
    expect(other?.x).not.toEqual(first?.x);
    expect(other?.explainedVariance).toEqual(first?.explainedVariance);
  });

  it('states the share of variance of a line: all of it along one component', () => {
    const line = Array.from({length: 12}, (_, i) => Float32Array.of(3 * i, 4 * i, i % 2 === 0 ? 0.01 : 0));
    const {explainedVariance} = embed(line, {...settings, components: 2}, 1);
    expect(explainedVariance[0]).toBeGreaterThan(0.9999);
  });

  it('refuses to map fewer than four points', () => {
    expect(() => embed(clouds().slice(0, 3), settings, 1)).toThrow(
      'expected at least 4 points to map, got 3',
    );
  });
});
