import {InputError, checkOptions, type Generator} from '@minefield/core';
import {checkCount, checkGenerator, checkLength} from '../check-input.ts';
import {jointProbabilities, squaredDistances} from './joint-probabilities.ts';
import {mapDivergence, mapGradientInto} from './map-divergence.ts';

/** Where a map begins, and how it is drawn. */
export interface TsneOptions {
  /** Draws where the points begin: a Gaussian of standard deviation 1e-4 about the origin. */
  readonly generator: Generator;
  /** About how many neighbours of a point count, in (1, n − 1). Default 30. */
  readonly perplexity?: number;
  /** Steps of descent. Default 1000. */
  readonly iterations?: number;
  /** What attraction is multiplied by in the first quarter of the steps, at most 250 of them; >= 1. Default 12. */
  readonly exaggeration?: number;
  /** Default the larger of 50 and n / exaggeration / 4. */
  readonly learningRate?: number;
  /** Where the points begin instead, `[n, 2]`, by rows; nothing is then drawn. */
  readonly start?: ArrayLike<number>;
}

/** Points of a space of many dimensions on the plane. */
export interface Tsne {
  /** About their mean, `[n, 2]`, by rows. */
  readonly positions: Float64Array;
  /** Kullback–Leibler divergence of the map from the neighbourhoods in the space, in nats; >= 0. */
  readonly divergence: number;
}

const MOST_EXAGGERATED = 250;
const START_DEVIATION = 1e-4;
const SMALLEST_GAIN = 0.01;

/**
 * t-distributed stochastic neighbour embedding, exact: puts points on the plane so that whoever is near in the space is near on the
 * map. Distances between far points mean little on it, nor does the size of a cluster.
 *
 * Gradient descent on the divergence, with momentum 0.5 while attraction is exaggerated and 0.8 after it. Each coordinate has a gain,
 * which grows by 0.2 where the slope still leads on along the last step and shrinks to 0.8 of itself where it turns, not below 0.01.
 * Every pair counts in every step: n² / 2 of them, so that a thousand points take some seconds for a thousand steps; 8 n² bytes are held.
 * The same input gives the same bits on every machine.
 *
 * @param points `[n, dimension]`, by rows, n >= 4; some may be the same
 * @throws {InputError} when a number is not finite, distances overflow, the perplexity is not in (1, n − 1), or the descent diverges
 * @example tsne(projections, 50, {generator: createGenerator(1)}).positions
 * Source: van der Maaten & Hinton 2008, Visualizing data using t-SNE, sections 3 and 3.4; the learning rate of Belkina et al. 2019,
 * Automated optimized parameters for t-SNE.
 */
export function tsne(points: ArrayLike<number>, dimension: number, options: TsneOptions): Tsne {
  const count = checkPoints(points, dimension);
  const {perplexity, iterations, exaggeration, learningRate, positions} = checkedOptions(options, count);
  const squared = squaredDistances(points, dimension);
  if (!squared.every(Number.isFinite)) {
    throw new InputError(
      'landscape.tsne: expected points at distances whose squares are numbers, got some beyond; divide the points by a constant',
    );
  }
  const joint = jointProbabilities(squared, count, perplexity);
  const early = Math.min(MOST_EXAGGERATED, Math.floor(iterations / 4));
  descendInto(positions, joint, {steps: early, exaggeration, momentum: 0.5, learningRate});
  descendInto(positions, joint, {steps: iterations - early, exaggeration: 1, momentum: 0.8, learningRate});
  const divergence = mapDivergence(joint, positions);
  if (!Number.isFinite(divergence)) {
    throw new InputError(
      `landscape.tsne: expected a descent that settles, got none at a learning rate of ${learningRate}; lower it`,
    );
  }
  return {positions, divergence};
}

interface Stage {
  readonly steps: number;
  readonly exaggeration: number;
  readonly momentum: number;
  readonly learningRate: number;
}

/** Each stage begins at rest: what was gathered while attraction was exaggerated would carry points past one another. */
function descendInto(
  positions: Float64Array,
  joint: Float64Array,
  {steps, exaggeration, momentum, learningRate}: Stage,
): void {
  const {length} = positions;
  const [gradient, velocity] = [new Float64Array(length), new Float64Array(length)];
  const gains = new Float64Array(length).fill(1);
  for (let step = 0; step < steps; step++) {
    mapGradientInto(gradient, joint, positions, exaggeration);
    for (let k = 0; k < length; k++) {
      const [slope, last, gain] = [gradient[k] ?? 0, velocity[k] ?? 0, gains[k] ?? 0];
      const next = slope * last < 0 ? gain + 0.2 : Math.max(0.8 * gain, SMALLEST_GAIN);
      const moved = momentum * last - learningRate * next * slope;
      gains[k] = next;
      velocity[k] = moved;
      positions[k] = (positions[k] ?? 0) + moved;
    }
    centre(positions);
  }
}

/** Gains move the mean, which means nothing. */
function centre(positions: Float64Array): void {
  let [x, y] = [0, 0];
  for (let k = 0; k < positions.length; k += 2) {
    x += positions[k] ?? 0;
    y += positions[k + 1] ?? 0;
  }
  const count = positions.length / 2;
  for (let k = 0; k < positions.length; k++) {
    positions[k] = (positions[k] ?? 0) - (k % 2 === 0 ? x : y) / count;
  }
}

/** @returns the number of points */
function checkPoints(points: ArrayLike<number>, dimension: number): number {
  checkCount('tsne', 'a dimension', dimension);
  const count = points?.length / dimension;
  if (!Number.isInteger(count) || count < 4) {
    throw new InputError(
      `landscape.tsne: expected at least 4 points of ${dimension} numbers each, got ${points?.length} numbers; ` +
        'put the points one after the other',
    );
  }
  checkFinite('points', points);
  return count;
}

/** Every option, with the positions to begin at. */
function checkedOptions(
  options: TsneOptions,
  count: number,
): Required<Omit<TsneOptions, 'generator' | 'start'>> & {readonly positions: Float64Array} {
  checkOptions('landscape.tsne', options, {
    generator: true,
    perplexity: true,
    iterations: true,
    exaggeration: true,
    learningRate: true,
    start: true,
  });
  const {generator, perplexity = 30, iterations = 1000, exaggeration = 12} = options;
  checkGenerator('tsne', generator);
  if (!(perplexity > 1 && perplexity < count - 1)) {
    throw new InputError(
      `landscape.tsne: expected a perplexity in (1, ${count - 1}) for ${count} points, got ${perplexity}; it counts neighbours`,
    );
  }
  checkCount('tsne', 'iterations', iterations);
  if (!(exaggeration >= 1 && exaggeration < Infinity)) {
    throw new InputError(`landscape.tsne: expected an exaggeration >= 1, got ${exaggeration}`);
  }
  const learningRate = options.learningRate ?? Math.max(count / exaggeration / 4, 50);
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new InputError(`landscape.tsne: expected a learning rate > 0, got ${learningRate}`);
  }
  return {perplexity, iterations, exaggeration, learningRate, positions: startOf(options, count)};
}

function startOf({start, generator}: TsneOptions, count: number): Float64Array {
  if (start === undefined) {
    const drawn = new Float64Array(2 * count);
    generator.fillNormalInto(drawn);
    return drawn.map((value) => value * START_DEVIATION);
  }
  checkLength('tsne', 'a start', start, 2 * count);
  checkFinite('a start', start);
  return Float64Array.from(start);
}

function checkFinite(name: string, values: ArrayLike<number>): void {
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    throw new InputError(`landscape.tsne: expected ${name} of finite numbers, got ${value} at ${k}`);
  }
}
