import * as tf from '@tensorflow/tfjs-core';
import {type Contestant, contest, timed} from './contest.ts';
import {PEAK_FLOPS} from './peak.ts';
import {type Setting, speedRow} from './row.ts';
import {onStockKernels} from './with-kernels.ts';

interface Layer {
  readonly images: number;
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Layers of the ConvNet (16-32-64-64) and of ResNet-20 on 32 × 32 images. */
const layers: readonly Layer[] = [
  {images: 64, size: 32, inputs: 3, outputs: 16, kernel: 3, stride: 1},
  {images: 64, size: 32, inputs: 16, outputs: 32, kernel: 3, stride: 1},
  {images: 64, size: 16, inputs: 32, outputs: 64, kernel: 3, stride: 1},
  {images: 64, size: 8, inputs: 64, outputs: 64, kernel: 3, stride: 1},
  {images: 64, size: 32, inputs: 16, outputs: 32, kernel: 3, stride: 2},
];

const parts = ['forward', 'input', 'filter'] as const;

/** Convolutions forwards, and their gradients by the input and by the filter. */
export async function convolutions(setting: Setting, peak: Contestant): Promise<void> {
  for (const layer of layers) {
    for (const part of parts) await compare(setting, peak, layer, part);
  }
}

async function compare(
  {repeats, torch, wanted, report}: Setting,
  peak: Contestant,
  layer: Layer,
  part: (typeof parts)[number],
): Promise<void> {
  const {images, size, inputs, outputs, kernel, stride} = layer;
  const title = part === 'forward' ? 'conv2d' : `conv2d gradient by ${part}`;
  const name = `${title} ${images} × ${size} × ${size}, ${inputs} → ${outputs}, ${kernel} × ${kernel} / ${stride}`;
  if (!wanted(name)) return;
  const outSize = Math.ceil(size / stride);
  const x: tf.Tensor4D = tf.randomUniform([images, size, size, inputs]);
  const filter: tf.Tensor4D = tf.randomUniform([kernel, kernel, inputs, outputs]);
  const dy: tf.Tensor4D = tf.randomUniform([images, outSize, outSize, outputs]);
  const run = (kernelName: string, tensors: tf.NamedTensorMap, attributes: tf.NamedAttrMap): void => {
    const attrs = {strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', ...attributes};
    tf.engine().runKernel<tf.Tensor>(kernelName, tensors, attrs).dispose();
  };
  const ours = timed(() => {
    if (part === 'forward') run('Conv2D', {x, filter}, {dilations: [1, 1]});
    else if (part === 'input') run('Conv2DBackpropInput', {dy, filter}, {inputShape: x.shape});
    else run('Conv2DBackpropFilter', {x, dy}, {filterShape: filter.shape});
  });
  const theirs = await torch?.contestant('convolution', {...layer, part});
  // The stock backend has no gradient by the filter.
  const stock = part === 'filter' ? undefined : onStockKernels(ours);
  const seconds = await contest({ours, peak, ...(stock && {stock}), ...(theirs && {torch: theirs})}, repeats);
  tf.dispose([x, filter, dy]);
  const work = (2 * images * outSize ** 2 * inputs * outputs * kernel ** 2) / 1e9;
  const own = seconds['ours'] ?? 0;
  const atPeak = ((seconds['peak'] ?? 0) * work * 1e9) / PEAK_FLOPS;
  report(speedRow(name, 'GFLOP/s', work, {ours: own, peer: atPeak}, '128-bit FMA peak', 0.75));
  for (const [key, peerName] of [
    ['stock', 'stock WASM'],
    ['torch', 'PyTorch, 1 thread'],
  ] as const) {
    const peer = seconds[key];
    if (peer !== undefined) report(speedRow(name, 'GFLOP/s', work, {ours: own, peer}, peerName, null));
  }
}
