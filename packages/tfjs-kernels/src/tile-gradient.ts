import {type GradConfig, type Tensor, Tile, reshape, sum} from '@tensorflow/tfjs-core';

/**
 * The gradient of `tf.tile`: slopes are added over the repetitions of each dimension in turn. TensorFlow.js cuts out every
 * repetition and adds them one by one, which in a layer normalization of `@tensorflow/tfjs-layers` is one for every word of every
 * example.
 */
export const tileGradient: GradConfig = {
  kernelName: Tile,
  inputsToSave: ['x'],
  gradFunc(dy, saved, attrs) {
    const [x] = saved;
    const repetitions = attrs['reps'] as readonly number[];
    if (x === undefined) throw new TypeError('tfjs-kernels: expected the tensor that was tiled');
    return {
      x: () => {
        let slopes = dy as Tensor;
        x.shape.forEach((length, axis) => {
          const times = repetitions[axis] ?? 1;
          if (times === 1) return;
          const before = slopes.shape.slice(0, axis);
          const after = slopes.shape.slice(axis + 1);
          const outer = before.reduce((product, size) => product * size, 1);
          const inner = after.reduce((product, size) => product * size, 1);
          slopes = reshape(sum(reshape(slopes, [outer, times, length * inner]), 1), [
            ...before,
            length,
            ...after,
          ]);
        });
        return slopes;
      },
    };
  },
};
