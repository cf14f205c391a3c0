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
import type {Generator} from '@minefield/core';
import type {FeatureMap} from '@minefield/spec';
import * as tf from '@tensorflow/tfjs-core';

/** Features drawn at once: sums of so many products are exact enough in float32, and those of blocks are in float64. */
const BLOCK = 512;

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
 * @param generator random features come from streams of its, so that the same one gives the same features
 * @returns `[m, n]`, row-major
 */
export async function productsOfFeatures(
  map: FeatureMap,
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  generator: Generator,
): Promise<Float64Array> {
  const products = new Float64Array(a.shape[0] * b.shape[0]);
  if (map.name === 'inputs' || map.name === 'polynomial') {
    const power = map.name === 'polynomial' ? map.degree : 1;
    const inner = await downloaded(() => tf.matMul(a, b, false, true));
    inner.forEach((value, i) => (products[i] = (1 + value) ** power));
    return products;
  }
  const inputs = a.shape[1];
  for (let first = 0; first < map.count; first += BLOCK) {
    const width = Math.min(BLOCK, map.count - first);
    const drawn = generator.derive(first);
    const weights = new Float32Array(inputs * width);
    drawn.fillNormalInto(weights);
    const offsets = new Float32Array(width);
    if (map.name === 'relu') drawn.fillNormalInto(offsets);
    else for (let i = 0; i < width; i++) offsets[i] = 2 * Math.PI * drawn.uniform();
    const block = await downloaded(() => {
      const scale = map.name === 'fourier' ? map.lengthScale : 1;
      const [w, offset] = [tf.tensor2d(weights, [inputs, width]), tf.tensor1d(offsets)];
      const features = (x: tf.Tensor2D): tf.Tensor2D => {
        const phases = tf.add(tf.div(tf.matMul(x, w), scale), offset);
        return (map.name === 'relu' ? tf.relu(phases) : tf.cos(phases)) as tf.Tensor2D;
      };
      const ofB = features(b);
      return tf.matMul(a === b ? ofB : features(a), ofB, false, true);
    });
    block.forEach((value, i) => (products[i] = (products[i] ?? 0) + (2 / map.count) * value));
  }
  return products;
}

async function downloaded(make: () => tf.Tensor): Promise<Float32Array> {
  const made = tf.tidy(make);
  try {
    return (await made.data()) as Float32Array;
  } finally {
    made.dispose();
  }
}
