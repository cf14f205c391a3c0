import * as tf from '@tensorflow/tfjs-core';
import type {Rule} from './kernel-call.ts';

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Below any number of a network; a product of it with zero is zero, which of an infinity it is not. */
const LOWEST = -3e38;

/**
 * What changes in a pool is its largest number. TensorFlow.js has no kernel that picks others by the place of that, so a convolution
 * lays out every pool; the derivative by what is picked is the kernel's own gradient.
 */
export const maxPoolTangent: Rule = ({inputs: {x}, attrs, output, tangent, run}) => {
  const moved = tangent('x');
  if (!x || !moved) return undefined;
  const y = output as tf.Tensor4D;
  return tf.customGrad((given) => ({
    value: tf.tidy(() =>
      pickedLargest(x as tf.Tensor4D, y, given as tf.Tensor4D, attrs as unknown as PoolAttributes),
    ),
    gradFunc: (dy: tf.Tensor) => run('MaxPoolGrad', {dy, input: x, output: y}, attrs) as tf.Tensor,
  }))(moved);
};

/** Of each pool, the number of `values` at the place of the largest of `x`; the first, where there are several. */
function pickedLargest(
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  values: tf.Tensor4D,
  {filterSize, strides, pad, dimRoundingMode}: PoolAttributes,
): tf.Tensor4D {
  const pool = tf.backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad, dimRoundingMode);
  const {
    padInfo,
    outHeight,
    outWidth,
    strideHeight,
    strideWidth,
    effectiveFilterHeight,
    effectiveFilterWidth,
  } = pool;
  const rows = (outHeight - 1) * strideHeight + effectiveFilterHeight;
  const columns = (outWidth - 1) * strideWidth + effectiveFilterWidth;
  const margins: [number, number][] = [
    [0, 0],
    [padInfo.top, Math.max(0, rows - x.shape[1] - padInfo.top)],
    [padInfo.left, Math.max(0, columns - x.shape[2] - padInfo.left)],
    [0, 0],
  ];
  const places = effectiveFilterHeight * effectiveFilterWidth;
  const channels = x.shape[3];
  // A one for each place in the pool: [height, width, channels, places].
  const filter = tf.tile(
    tf.reshape(tf.eye(places), [effectiveFilterHeight, effectiveFilterWidth, 1, places]),
    [1, 1, channels, 1],
  ) as tf.Tensor4D;
  const pools = (images: tf.Tensor4D, border: number): tf.Tensor => {
    const framed = tf.pad(images, margins, border);
    const laid = tf.depthwiseConv2d(framed, filter, [strideHeight, strideWidth], 'valid');
    return tf.reshape(laid, [...y.shape, places]);
  };
  const largest = tf.oneHot(tf.argMax(pools(x, LOWEST), -1), places);
  return tf.sum(tf.mul(pools(values, 0), largest), -1);
}
