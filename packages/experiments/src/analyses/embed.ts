import {type Generator, InputError, at, createGenerator} from '@minefield/core';
import {principalDirections, tsne} from '@minefield/landscape';
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
 * @throws {InputError} when there are fewer than 4 points, or too few for the perplexity
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
  const generator = createGenerator(seed, 'map');
  const start = startAt(projections, kept, generator);
  const {positions} = tsne(projections, kept, {generator, perplexity, iterations, start});
  const alongAxis = (axis: number): number[] =>
    float32Decimals(Float32Array.from(points, (_, i) => at(positions, 2 * i + axis)));
  return {
    x: alongAxis(0),
    y: alongAxis(1),
    explainedVariance: float32Decimals(Float32Array.from(explainedVariance)),
    neighboursKept: neighboursKept(rowsOf(projections, kept), rowsOf(positions, 2)),
  };
}

/**
 * The first two components, small, so that the map keeps what it can of their order; a hundredth of that is drawn, which parts what
 * lies in one place.
 */
function startAt(projections: Float64Array, kept: number, generator: Generator): Float64Array {
  const reach = projections.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Float64Array.from({length: (2 * projections.length) / kept}, (_, k) => {
    const axis = k % 2;
    const component = axis < kept ? at(projections, ((k - axis) / 2) * kept + axis) / reach : 0;
    return 1e-4 * (component + 0.01 * generator.normal());
  });
}

function rowsOf(values: Float64Array, width: number): Float64Array[] {
  return Array.from({length: values.length / width}, (_, i) => values.subarray(i * width, (i + 1) * width));
}

function neighboursKept(rows: readonly Float64Array[], map: readonly Float64Array[]): number {
  const count = Math.min(NEIGHBOURS, rows.length - 1);
  let shared = 0;
  rows.forEach((_, i) => {
    const near = new Set(nearest(rows, i, count));
    shared += nearest(map, i, count).filter((j) => near.has(j)).length;
  });
  return shared / (count * rows.length);
}

function nearest(points: readonly Float64Array[], from: number, count: number): number[] {
  const origin = at(points, from);
  const distances = points.map((point) =>
    point.reduce((sum, value, axis) => sum + (value - at(origin, axis)) ** 2, 0),
  );
  const others = points.flatMap((_, j) => (j === from ? [] : [j]));
  return others.toSorted((a, b) => at(distances, a) - at(distances, b) || a - b).slice(0, count);
}
