import {portableExp, portableLog} from '@minefield/core';

/** How far the logarithm of a point's perplexity may lie from what was asked for. */
export const PERPLEXITY_TOLERANCE = 1e-8;

/** Doublings and halvings of a precision; what has not settled by then never will, for neighbours tie. */
const MOST_STEPS = 100;

/**
 * How likely two points are to be neighbours: p_ij = (p_{j|i} + p_{i|j}) / 2n, where p_{j|i} falls with the squared distance as a
 * Gaussian about point i, whose width is bisected until the distribution has the perplexity (the exponential of its entropy) that
 * was asked for, to {@link PERPLEXITY_TOLERANCE}. Where more neighbours than that lie at the very same smallest distance, they
 * share the whole evenly, as in the limit of a narrow Gaussian.
 *
 * @param squared squared distances of each pair, as {@link squaredDistances} gives them
 * @param perplexity in (1, n − 1)
 * @returns p_ij of each pair i < j, in the order of the distances; they sum to ½
 * Source: van der Maaten & Hinton 2008, Visualizing data using t-SNE, section 2 and equation 1.
 */
export function jointProbabilities(squared: Float64Array, count: number, perplexity: number): Float64Array {
  const joint = new Float64Array(squared.length);
  const entropy = portableLog(perplexity);
  const offsets = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    offsetsInto(offsets, squared, i);
    conditionalInto(weights, offsets, i, entropy);
    for (let j = 0; j < count; j++) {
      if (j !== i)
        joint[pairOf(i, j, count)] = (joint[pairOf(i, j, count)] ?? 0) + (weights[j] ?? 0) / (2 * count);
    }
  }
  return joint;
}

/** Squared distances of n points to one another, pairs i < j row by row, `[n (n − 1) / 2]`. @param points `[n, dimension]` */
export function squaredDistances(points: ArrayLike<number>, dimension: number): Float64Array {
  const count = points.length / dimension;
  const squared = new Float64Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++, pair++) {
      let sum = 0;
      for (let axis = 0; axis < dimension; axis++) {
        const difference = (points[i * dimension + axis] ?? 0) - (points[j * dimension + axis] ?? 0);
        sum += difference * difference;
      }
      squared[pair] = sum;
    }
  }
  return squared;
}

/** Where the pair of two different points stands. */
function pairOf(i: number, j: number, count: number): number {
  const [a, b] = i < j ? [i, j] : [j, i];
  return a * count - (a * (a + 1)) / 2 + (b - a - 1);
}

/** By how much each point is farther from point i than the nearest, in means of that: precisions are then near 1 in any unit. */
function offsetsInto(offsets: Float64Array, squared: Float64Array, i: number): void {
  const count = offsets.length;
  let least = Infinity;
  for (let j = 0; j < count; j++) {
    if (j === i) continue;
    const distance = squared[pairOf(i, j, count)] ?? 0;
    offsets[j] = distance;
    if (distance < least) least = distance;
  }
  let sum = 0;
  for (let j = 0; j < count; j++) {
    offsets[j] = j === i ? 0 : (offsets[j] ?? 0) - least;
    sum += offsets[j] ?? 0;
  }
  const mean = sum / (count - 1);
  if (mean > 0) for (let j = 0; j < count; j++) offsets[j] = (offsets[j] ?? 0) / mean;
}

/** p_{j|i} of all j, 0 at i itself. */
function conditionalInto(weights: Float64Array, offsets: Float64Array, i: number, entropy: number): void {
  let [low, precision, high] = [0, 1, Infinity];
  for (let step = 0; step < MOST_STEPS; step++) {
    const excess = gaussianInto(weights, offsets, i, precision) - entropy;
    if (Math.abs(excess) <= PERPLEXITY_TOLERANCE) return;
    // A wide Gaussian has more entropy than a narrow one.
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? 2 * precision : (low + high) / 2;
  }
}

/** @returns the entropy in nats of exp(−precision · offset), normalized */
function gaussianInto(weights: Float64Array, offsets: Float64Array, i: number, precision: number): number {
  let [sum, moment] = [0, 0];
  for (let j = 0; j < offsets.length; j++) {
    const exponent = precision * (offsets[j] ?? 0);
    const weight = j === i ? 0 : portableExp(-exponent);
    weights[j] = weight;
    sum += weight;
    moment += weight * exponent;
  }
  for (let j = 0; j < offsets.length; j++) weights[j] = (weights[j] ?? 0) / sum;
  return portableLog(sum) + moment / sum;
}
