import * as tf from '@tensorflow/tfjs-core';
import type {Rule} from './kernel-call.ts';

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * What changes in a pool is its largest number. TensorFlow.js has no kernel that picks others by the place of that, so shifted
 * copies of the image are compared with the pools; the derivative by what is picked is the kernel's own gradient.
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
  const [images, numbers] = [tf.pad(x, margins, -Infinity), tf.pad(values, margins, 0)];
  const at = (image: tf.Tensor, row: number, column: number): tf.Tensor =>
    tf.stridedSlice(
      image,
      [0, row, column, 0],
      [
        image.shape[0] ?? 0,
        row + (outHeight - 1) * strideHeight + 1,
        column + (outWidth - 1) * strideWidth + 1,
        image.shape[3] ?? 0,
      ],
      [1, strideHeight, strideWidth, 1],
    );
  let picked: tf.Tensor = tf.zerosLike(y);
  let open: tf.Tensor = tf.onesLike(y);
  for (let row = 0; row < effectiveFilterHeight; row++) {
    for (let column = 0; column < effectiveFilterWidth; column++) {
      const here = tf.mul(open, tf.cast(tf.equal(at(images, row, column), y), 'float32'));
      picked = tf.add(picked, tf.mul(here, at(numbers, row, column)));
      open = tf.sub(open, here);
    }
  }
  return picked as tf.Tensor4D;
}
