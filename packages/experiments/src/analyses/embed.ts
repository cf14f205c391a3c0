import {InputError, at} from '@minefield/core';
import {TSNE} from '@saehrimnir/druidjs';
import {principalDirections} from '@minefield/landscape';
import {float32Decimals} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';

/** Points of a high-dimensional space on the plane, and how far the plane can be trusted. */
export interface Embedding {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Share of the variance along each principal component that t-SNE saw. */
  readonly explainedVariance: readonly number[];
  /** Share of each point's nearest neighbours in the space that are among its nearest on the plane. */
  readonly neighboursKept: number;
}

const NEIGHBOURS = 10;

/**
 * Maps points to the plane: principal components, then t-SNE (van der Maaten & Hinton 2008). Distances between far
 * points mean little on such a map; neighbourhoods do.
 *
 * @param points `[P]` each
 * @throws {InputError} when there are fewer than 4 points
 */
export function embed(
  points: readonly Float32Array[],
  {components, perplexity, iterations}: AnalysisSettings<'minefield'>,
  seed: number,
): Embedding {
  const [first] = points;
  if (first === undefined || points.length < 4) {
    throw new InputError(
      `experiments.embed: expected at least 4 points to map, got ${points.length}; search more`,
    );
  }
  const kept = Math.min(components, points.length - 1, first.length);
  const {projections, explainedVariance} = principalDirections(points, first, kept);
  const rows = points.map((_, i) => Array.from(projections.subarray(i * kept, (i + 1) * kept)));
  const map = new TSNE(rows, {perplexity, d: 2, seed}).transform(iterations);
  const alongAxis = (axis: number): number[] =>
    float32Decimals(Float32Array.from(map, (row) => at(row, axis)));
  return {
    x: alongAxis(0),
    y: alongAxis(1),
    explainedVariance: float32Decimals(Float32Array.from(explainedVariance)),
    neighboursKept: neighboursKept(rows, map),
  };
}

function neighboursKept(rows: readonly ArrayLike<number>[], map: readonly ArrayLike<number>[]): number {
  const count = Math.min(NEIGHBOURS, rows.length - 1);
  let shared = 0;
  rows.forEach((_, i) => {
    const near = new Set(nearest(rows, i, count));
    shared += nearest(map, i, count).filter((j) => near.has(j)).length;
  });
  return shared / (count * rows.length);
}

function nearest(points: readonly ArrayLike<number>[], from: number, count: number): number[] {
  const origin = at(points, from);
  const distances = points.map((point) =>
    Array.from(point).reduce((sum, value, axis) => sum + (value - at(origin, axis)) ** 2, 0),
  );
  const others = points.flatMap((_, j) => (j === from ? [] : [j]));
  return others.toSorted((a, b) => at(distances, a) - at(distances, b) || a - b).slice(0, count);
}
