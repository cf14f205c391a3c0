import * as tf from '@tensorflow/tfjs-core';
import {shadow} from './layers-model-weights.ts';

type RunKernel = (name: string, inputs: tf.NamedTensorMap, attrs?: object) => unknown;

/**
 * Runs `evaluate` with ones and zeros for the scale and the shift that a batch normalization does not have: TensorFlow.js keeps
 * both for the backward pass, whether they are there or not, and fails.
 */
export function wholeNormalizations<T>(evaluate: () => T): T {
  const engine = tf.engine() as unknown as {readonly runKernel: RunKernel};
  const run = engine.runKernel.bind(engine);
  const restore = shadow(engine, 'runKernel', (name: string, inputs: tf.NamedTensorMap, attrs?: object) => {
    const {mean, scale, offset} = inputs;
    if (name !== 'FusedBatchNorm' || !mean || (scale && offset)) return run(name, inputs, attrs);
    const whole = {...inputs, scale: scale ?? tf.onesLike(mean), offset: offset ?? tf.zerosLike(mean)};
    return run(name, whole, attrs);
  });
  try {
    return evaluate();
  } finally {
    restore();
  }
}
