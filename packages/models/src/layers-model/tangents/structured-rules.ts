import * as tf from '@tensorflow/tfjs-core';
import type {Rule} from './kernel-call.ts';
import {maxPoolTangent} from './max-pool-tangent.ts';

/** Kernels that mix numbers, and are not linear. */
export const structuredRules: Readonly<Record<string, Rule>> = {
  FusedBatchNorm: ({inputs: {x, mean, variance, scale}, attrs, tangent}) => {
    if (!x || !mean || !variance) return undefined;
    const inverse = tf.rsqrt(tf.add(variance, Number(attrs['varianceEpsilon'])));
    const centred = tf.sub(x, mean);
    const factor = scale ? tf.mul(inverse, scale) : inverse;
    const spread = tangent('variance');
    const terms: readonly (readonly [tf.Tensor | undefined, (moved: tf.Tensor) => tf.Tensor])[] = [
      [tangent('x'), (moved) => tf.mul(moved, factor)],
      [tangent('mean'), (moved) => tf.neg(tf.mul(moved, factor))],
      [spread, (moved) => tf.mul(-0.5, tf.mul(tf.mul(centred, factor), tf.mul(tf.square(inverse), moved)))],
      [tangent('scale'), (moved) => tf.mul(tf.mul(centred, inverse), moved)],
      [tangent('offset'), (moved) => moved],
    ];
    const parts = terms.flatMap(([moved, part]) => (moved ? [part(moved)] : []));
    return parts.reduce((sum, part) => tf.add(sum, part), tf.zerosLike(x));
  },
  Max: ({inputs: {x}, attrs, output, tangent}) => {
    const moved = tangent('x');
    if (!x || !moved) return undefined;
    const axes = axesOf(attrs['reductionIndices'], x.rank);
    const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    const largest = tf.sub(1, tf.step(tf.sub(tf.reshape(output as tf.Tensor, kept), x)));
    // At a tie, which is a kink, the mean.
    const share = tf.div(largest, tf.sum(largest, axes, true));
    return tf.reshape(tf.sum(tf.mul(moved, share), axes), (output as tf.Tensor).shape);
  },
  MaxPool: maxPoolTangent,
  Softmax: ({output, tangent}) => {
    const [y, moved] = [output as tf.Tensor, tangent('logits')];
    return moved && tf.mul(y, tf.sub(moved, tf.sum(tf.mul(y, moved), -1, true)));
  },
};

function axesOf(given: unknown, rank: number): number[] {
  const axes = typeof given === 'number' ? [given] : ((given ?? []) as number[]);
  return axes.length === 0
    ? Array.from({length: rank}, (_, axis) => axis)
    : axes.map((axis) => (axis + rank) % rank);
}
