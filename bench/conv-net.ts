import {optimizerStep} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {contest, timed} from './contest.ts';
import {type Setting, speedRow} from './row.ts';

const IMAGES = 128;
const CLASSES = 10;
/** Channels of the inputs and of each convolution; a pool of 2 × 2 follows the second and the third. */
const CHANNELS = [3, 16, 32, 64, 64] as const;
const POOLED: ReadonlySet<number> = new Set([1, 2]);

/** Steps of SGD with momentum of a ConvNet of 61,000 parameters on images of 32 × 32, against the same in PyTorch. */
export async function convNet({repeats, torch, wanted, report}: Setting): Promise<void> {
  const name = `ConvNet training, ${IMAGES} images of 32 × 32 a step`;
  if (!wanted(name)) return;
  const images: tf.Tensor4D = tf.randomNormal([IMAGES, 32, 32, 3]);
  const classes = Int32Array.from({length: IMAGES}, (_, i) => i % CLASSES);
  const labels = tf.cast(tf.oneHot(tf.tensor1d(classes), CLASSES), 'float32');
  let parameters = shapes().map((shape): tf.Tensor =>
    tf.randomNormal(shape, 0, Math.sqrt(2 / tf.util.sizeFromShape(shape.slice(0, -1)))),
  );
  let slots = parameters.map((tensor): tf.Tensor => tf.zerosLike(tensor));
  const gradients = tf.grads((...tensors: tf.Tensor[]) => loss(images, labels, tensors));
  const ours = timed(() => {
    const next = tf.tidy(() => {
      const slopes = gradients(parameters);
      return parameters.flatMap((theta, i) => {
        const {theta: moved, slots: averages} = optimizerStep(
          {name: 'momentum'},
          theta,
          slots.slice(i, i + 1),
          slopes[i] ?? theta,
          1e-3,
          0,
        );
        return [moved, ...averages];
      });
    });
    tf.dispose([parameters, slots]);
    parameters = next.filter((_, i) => i % 2 === 0);
    slots = next.filter((_, i) => i % 2 === 1);
  });
  const theirs = await torch?.contestant('conv-net', {images: IMAGES, channels: CHANNELS, classes: CLASSES});
  const seconds = await contest({ours, ...(theirs && {torch: theirs})}, repeats);
  tf.dispose([images, labels, parameters, slots]);
  const {ours: own = 0, torch: peer} = seconds;
  if (peer !== undefined)
    report(speedRow(name, 'images/s', IMAGES, {ours: own, peer}, 'PyTorch, 1 thread', 1));
}

function shapes(): number[][] {
  const convolutions = CHANNELS.slice(1).flatMap((outputs, i) => [
    [3, 3, CHANNELS[i] ?? 0, outputs],
    [outputs],
  ]);
  return [...convolutions, [CHANNELS.at(-1) ?? 0, CLASSES], [CLASSES]];
}

function loss(images: tf.Tensor4D, labels: tf.Tensor, parameters: readonly tf.Tensor[]): tf.Scalar {
  let x = images;
  for (let layer = 0; layer + 1 < CHANNELS.length; layer++) {
    const [filter, bias] = [parameters[2 * layer], parameters[2 * layer + 1]];
    if (filter === undefined || bias === undefined) throw new Error('bench: a layer has no parameters');
    x = tf.relu(tf.add(tf.conv2d(x, filter as tf.Tensor4D, 1, 'same'), bias));
    if (POOLED.has(layer)) x = tf.maxPool(x, 2, 2, 'valid');
  }
  const [kernel, bias] = parameters.slice(-2);
  if (kernel === undefined || bias === undefined) throw new Error('bench: the last layer has no parameters');
  const logits = tf.add(tf.matMul(tf.mean(x, [1, 2]) as tf.Tensor2D, kernel as tf.Tensor2D), bias);
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), labels), 1)));
}
