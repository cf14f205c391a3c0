import {createGenerator} from '@minefield/core';
import {convNet, encodeLabels, initialize, objectiveFromModel} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timed, timedAsync} from './contest.ts';

/** Training examples in a step, and as many of poison. */
const IMAGES = 128;
const CLASSES = 10;

/** Steps of poisoned training of the ConvNet, SGD with momentum, against the same in PyTorch. */
export async function convNets(setting: Setting): Promise<void> {
  for (const channels of setting.full ? [1, 3] : [3]) await training(setting, channels);
  await lossOrProduct(setting, 'loss');
  await lossOrProduct(setting, 'product');
}

/** The loss of the frozen ConvNet, or a product with the Hessian of it: forwards, or by differentiating twice in the others. */
async function lossOrProduct(setting: Setting, which: 'loss' | 'product'): Promise<void> {
  const work = which === 'loss' ? 'loss' : 'product with the Hessian';
  const name = `ConvNet ${work}, ${IMAGES} images of 32 × 32 × 3`;
  if (!setting.wanted(name)) return;
  const model = convNet({inputShape: [32, 32, 3], classes: CLASSES});
  const statistics = Float32Array.from({length: model.statistics.dimension}, () => 1);
  const inputs = new Float32Array(IMAGES * 32 * 32 * 3);
  createGenerator(1).fillNormalInto(inputs);
  const labels = Uint8Array.from({length: IMAGES}, (_, i) => i % CLASSES);
  const objective = objectiveFromModel(model.frozen(statistics), {inputs, labels});
  const theta = initialize(model.layout, 'kaiming-normal', createGenerator(2));
  const vector = new Float32Array(theta.length);
  createGenerator(3).fillNormalInto(vector);
  const ours = timedAsync(async () => {
    if (which === 'loss') await objective.loss(theta);
    else await objective.hessianVector?.(theta, vector);
  });
  const settings = {images: IMAGES, channels: 3, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [
    {workload: `conv-net-${which}`, settings},
    {workload: `conv-net-${which}-compiled`, settings, how: 'compiled'},
  ]);
  await compare(setting, name, {contestant: ours}, rivals);
}

async function training(setting: Setting, channels: number): Promise<void> {
  const name = `ConvNet training, ${IMAGES} images of 32 × 32 × ${channels} and ${IMAGES} of poison a step`;
  if (!setting.wanted(name)) return;
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
  const settings = {images: IMAGES, channels, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [
    {workload: 'conv-net', settings, target: 1},
    {workload: 'conv-net-compiled', settings, how: 'compiled'},
  ]);
  const speed = {unit: 'images/s', work: 2 * IMAGES};
  await compare(setting, name, {contestant: ours}, rivals, speed);
  tf.dispose([theta, ...slots, batch.inputs, batch.labels, weights.signs, weights.weights]);
}
