import {createGenerator} from '@minefield/core';
import {convNet, encodeLabels, initialize, objectiveFromModel} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import {contest, timed, timedAsync} from './contest.ts';
import {type Setting, speedRow, timeRow} from './row.ts';

/** Training examples in a step, and as many of poison. */
const IMAGES = 128;
const CLASSES = 10;

/** Steps of poisoned training of the ConvNet, SGD with momentum, against the same in PyTorch. */
export async function convNets(setting: Setting): Promise<void> {
  for (const channels of [1, 3]) await compare(setting, channels);
  await convNetProducts(setting);
}

/** Products with the Hessian of the frozen ConvNet, against differentiating twice in PyTorch. */
async function convNetProducts({repeats, torch, wanted, report}: Setting): Promise<void> {
  const name = `ConvNet product with the Hessian, ${IMAGES} images of 32 × 32 × 3`;
  if (!wanted(name)) return;
  const model = convNet({inputShape: [32, 32, 3], classes: CLASSES});
  const statistics = Float32Array.from({length: model.statistics.dimension}, () => 1);
  const inputs = new Float32Array(IMAGES * 32 * 32 * 3);
  createGenerator(1).fillNormalInto(inputs);
  const labels = Uint8Array.from({length: IMAGES}, (_, i) => i % CLASSES);
  const objective = objectiveFromModel(model.frozen(statistics), {inputs, labels});
  const theta = initialize(model.layout, 'kaiming-normal', createGenerator(2));
  const vector = new Float32Array(theta.length);
  createGenerator(3).fillNormalInto(vector);
  const ours = timedAsync(async () => void (await objective.hessianVector?.(theta, vector)));
  const theirs = await torch?.contestant('conv-net-product', {images: IMAGES, channels: 3, classes: CLASSES});
  const {ours: own = 0, torch: peer} = await contest({ours, ...(theirs && {torch: theirs})}, repeats);
  if (peer !== undefined)
    report(timeRow(name, {ours: own, peer}, 'PyTorch, differentiating twice, 1 thread', null));
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
