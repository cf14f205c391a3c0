import {createGenerator} from '@minefield/core';
import {type Model, encodeLabels, initialize} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';

/** Examples of noise, and a class for each in turn. */
export function noisyExamples(
  {inputShape, outputs}: Pick<Model, 'inputShape' | 'outputs'>,
  count: number,
): {readonly inputs: Float32Array; readonly labels: Uint8Array} {
  const inputs = new Float32Array(count * inputShape.reduce((product, size) => product * size, 1));
  createGenerator(1).fillNormalInto(inputs);
  return {inputs, labels: Uint8Array.from({length: count}, (_, i) => i % Math.max(2, outputs))};
}

export interface TrainingStep {
  /** Takes a step. */
  (): void;
  /** Waits for what was begun: a GPU works on after a call has returned. */
  settle(): Promise<void>;
  dispose(): void;
}

/** A step of poisoned training of networks side by side, half of the examples of each being poison. */
export function trainingStep(
  model: Model,
  networks: number,
  examples: number,
  rule: 'adam' | 'momentum',
): TrainingStep {
  const {inputs, labels} = noisyExamples(model, networks * examples);
  const batch = {
    inputs: tf.tensor(inputs, [networks, examples, ...model.inputShape]),
    labels: encodeLabels(labels, model.outputs, networks),
  };
  const factors = Array.from({length: networks}, () => 1);
  const weights = poisonWeights(factors, examples / 2, examples / 2);
  const dimension = model.layout.dimension;
  const start = new Float32Array(networks * dimension);
  for (let k = 0; k < networks; k++)
    start.set(initialize(model.layout, 'kaiming-normal', {generator: createGenerator(k)}), k * dimension);
  let theta = tf.tensor2d(start, [networks, dimension]);
  let slots: readonly tf.Tensor2D[] = Array.from({length: rule === 'adam' ? 2 : 1}, () =>
    tf.zerosLike(theta),
  );
  const step = (): void => {
    const gradient = poisonedGradient(model, theta, batch, weights);
    const next = optimizerStep({name: rule}, theta, slots, gradient, 1e-4, 1);
    tf.dispose([gradient, theta, ...slots]);
    ({theta, slots} = next);
  };
  return Object.assign(step, {
    async settle() {
      const first = tf.slice(theta, [0, 0], [1, 1]);
      await first.data();
      first.dispose();
    },
    dispose: () => tf.dispose([theta, ...slots, ...Object.values(batch), ...Object.values(weights)]),
  });
}
