import {createGenerator} from '@minefield/core';
import {convNet, encodeLabels, initialize} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import {contest, timed} from './contest.ts';
import {type Setting, speedRow} from './row.ts';

/** Training examples in a step, and as many of poison. */
const IMAGES = 128;
const CLASSES = 10;

/** Steps of poisoned training of the ConvNet, SGD with momentum, against the same in PyTorch. */
export async function convNets(setting: Setting): Promise<void> {
  for (const channels of [1, 3]) await compare(setting, channels);
}

async function compare({repeats, torch, wanted, report}: Setting, channels: number): Promise<void> {
  const name = `ConvNet training, ${IMAGES} images of 32 × 32 × ${channels} and ${IMAGES} of poison a step`;
  if (!wanted(name)) return;
  const model = convNet({inputShape: [32, 32, channels], classes: CLASSES});
  const parameters = model.layout.dimension;
  const images = new Float32Array(2 * IMAGES * 32 * 32 * channels);
  createGenerator(1).fillNormalInto(images);
  const batch = {
    inputs: tf.tensor(images, [1, 2 * IMAGES, ...model.inputShape]),
    labels: encodeLabels(
      Uint8Array.from({length: 2 * IMAGES}, (_, i) => i % CLASSES),
      CLASSES,
    ),
  };
  const weights = poisonWeights([1], IMAGES, IMAGES);
  let theta = tf.tensor2d(initialize(model.layout, 'kaiming-normal', createGenerator(2)), [1, parameters]);
  let slots: readonly tf.Tensor2D[] = [tf.zeros([1, parameters])];
  const ours = timed(() => {
    const gradient = poisonedGradient(model.training, theta, batch, weights);
    const next = optimizerStep({name: 'momentum'}, theta, slots, gradient, 1e-3, 0);
    tf.dispose([gradient, theta, ...slots]);
    ({theta, slots} = next);
  });
  const theirs = await torch?.contestant('conv-net', {images: IMAGES, channels, classes: CLASSES});
  const seconds = await contest({ours, ...(theirs && {torch: theirs})}, repeats);
  tf.dispose([theta, ...slots, batch.inputs, batch.labels, weights.signs, weights.weights]);
  const {ours: own = 0, torch: peer} = seconds;
  if (peer !== undefined)
    report(speedRow(name, 'images/s', 2 * IMAGES, {ours: own, peer}, 'PyTorch, 1 thread', 1));
}
