/**
 * What a linear classifier sees of an example x of d inputs, z = x / (s √d), with s² their mean square over the training set:
 *
 * - `inputs`: z, and a constant
 * - `polynomial`: all products of up to `degree` entries of z, so weighted that those of two examples multiply to (1 + z·z′)^degree
 * - `fourier`: √(2/count) cos(w·z + b), w from N(0, 1/lengthScale²), b uniform (Rahimi & Recht 2007)
 * - `relu`: √(2/count) max(0, w·z + b), w and b from N(0, 1)
 *
 * Features are looked at through their products alone: random ones are drawn, used and dropped, a block at a time.
 */
import {type Generator, at} from '@minefield/core';
import type {FeatureMap} from '@minefield/spec';
import * as tf from '@tensorflow/tfjs-core';

/** Features drawn at once: sums of so many products are exact enough in float32, and those of blocks are in float64. */
const BLOCK = 512;

/** Examples whose products with all others are there at once. */
const ROWS = 1000;

/** Where random features come from, and what is done between two blocks of them. */
export interface FeatureWork {
  /** Features are of streams of it: the same one gives the same features. */
  readonly generator: Generator;
  /** Lets others have their turn; throws where the work is no longer wanted. */
  readonly pause: () => Promise<void>;
}

/** How many features an example has; of a polynomial, monomials in d inputs. */
export function featureCount(map: FeatureMap, inputs: number): number {
  switch (map.name) {
    case 'inputs':
      return inputs + 1;
    case 'polynomial':
      return Math.round(
        Array.from({length: map.degree}, (_, k) => (inputs + k + 1) / (k + 1)).reduce((a, b) => a * b, 1),
      );
    case 'fourier':
    case 'relu':
      return map.count;
  }
}

/**
 * φ(a)·φ(b) of each of a and b.
 *
 * @param a `[m, d]`, scaled
 * @param b `[n, d]`, scaled
 * @returns `[m, n]`, row-major
 */
export async function productsOfFeatures(
  map: FeatureMap,
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  work: FeatureWork,
): Promise<Float64Array> {
  if (map.name === 'inputs' || map.name === 'polynomial') {
    const power = map.name === 'polynomial' ? map.degree : 1;
    return (await sumOf([() => tf.matMul(a, b, false, true)], 1, work)).map((inner) => (1 + inner) ** power);
  }
  const blocks = Array.from(blocksOf(map, a.shape[1], work.generator), (features) => () => {
    const ofB = features(b);
    return tf.matMul(a === b ? ofB : features(a), ofB, false, true);
  });
  return sumOf(blocks, 2 / map.count, work);
}

/**
 * Σ_i c_i φ(a)·φ(b_i) of each of a: what a classifier of coefficients c says. Of random features the weights of a block are made once,
 * so that no products of all pairs are.
 *
 * @param a `[m, d]`, scaled
 * @param b `[n, d]`, scaled
 * @param coefficients `[n, classes]`
 * @returns `[m, classes]`, row-major
 */
export async function scoresOf(
  map: FeatureMap,
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  coefficients: Float64Array,
  work: FeatureWork,
): Promise<Float64Array> {
  const [m, n] = [a.shape[0], b.shape[0]];
  const classes = coefficients.length / n;
  if (map.name === 'fourier' || map.name === 'relu') {
    const c = tf.tensor2d(Float32Array.from(coefficients), [n, classes]);
    const blocks = Array.from(
      blocksOf(map, a.shape[1], work.generator),
      (features) => () => tf.matMul(features(a), tf.matMul(features(b), c, true)),
    );
    return sumOf(blocks, 2 / map.count, work).finally(() => c.dispose());
  }
  const scores = new Float64Array(m * classes);
  for (let first = 0; first < m; first += ROWS) {
    const some = tf.slice(a, [first, 0], [Math.min(ROWS, m - first), -1]);
    const products = await productsOfFeatures(map, some, b, work).finally(() => some.dispose());
    for (let k = 0; k < products.length; k++) {
      const [row, i] = [first + Math.floor(k / n), k % n];
      for (let label = 0; label < classes; label++) {
        const place = row * classes + label;
        scores[place] = at(scores, place) + at(products, k) * at(coefficients, i * classes + label);
      }
    }
  }
  return scores;
}

/** Random features, some at a time, each as a function of examples that makes tensors. */
function* blocksOf(
  map: Extract<FeatureMap, {readonly count: number}>,
  inputs: number,
  generator: Generator,
): Iterable<(x: tf.Tensor2D) => tf.Tensor2D> {
  for (let first = 0; first < map.count; first += BLOCK) {
    const width = Math.min(BLOCK, map.count - first);
    yield (x) => {
      const drawn = generator.derive(first);
      const weights = new Float32Array(inputs * width);
      drawn.fillNormalInto(weights);
      const offsets = new Float32Array(width);
      if (map.name === 'relu') drawn.fillNormalInto(offsets);
      else for (let i = 0; i < width; i++) offsets[i] = 2 * Math.PI * drawn.uniform();
      const scale = map.name === 'fourier' ? map.lengthScale : 1;
      const phases = tf.add(tf.div(tf.matMul(x, tf.tensor2d(weights, [inputs, width])), scale), offsets);
      return (map.name === 'relu' ? tf.relu(phases) : tf.cos(phases)) as tf.Tensor2D;
    };
  }
}

/** The sum of tensors of one shape, made one after another, in float64. */
async function sumOf(
  makes: readonly (() => tf.Tensor)[],
  factor: number,
  {pause}: FeatureWork,
): Promise<Float64Array> {
  let sum = new Float64Array(0);
  for (const make of makes) {
    await pause();
    const made = tf.tidy(make);
    const values = await made.data().finally(() => made.dispose());
    if (sum.length === 0) sum = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) sum[i] = (sum[i] as number) + factor * (values[i] as number);
  }
  return sum;
}
