import * as tf from '@tensorflow/tfjs-core';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {type Contestant, timed} from './contest.ts';
import {limitsOf} from './peak.ts';
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
  for (const layer of setting.full ? layers : layers.slice(0, 2)) {
    for (const part of parts) await convolutionOf(setting, peak, layer, part);
  }
}

async function convolutionOf(
  setting: Setting,
  peak: Contestant,
  layer: Layer,
  part: (typeof parts)[number],
): Promise<void> {
  const {images, size, inputs, outputs, kernel, stride} = layer;
  const title = part === 'forward' ? 'conv2d' : `conv2d gradient by ${part}`;
  const name = `${title} ${images} × ${size} × ${size}, ${inputs} → ${outputs}, ${kernel} × ${kernel} / ${stride}`;
  if (!setting.wanted(name)) return;
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
  const flops = 2 * images * outSize ** 2 * inputs * outputs * kernel ** 2;
  const rivals = [
    // The stock backend has no gradient by the filter.
    ...limitsOf(peak, part === 'filter' ? undefined : onStockKernels(ours), flops),
    ...(await rivalsOf(setting.peers, [{workload: 'convolution', settings: {...layer, part}}])),
  ];
  await compare(setting, name, {contestant: ours}, rivals, {unit: 'GFLOP/s', work: flops / 1e9});
  tf.dispose([x, filter, dy]);
}
