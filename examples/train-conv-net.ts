import {createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const SIZE = 16;

/** Images of noise with stripes across (class 0) or down (class 1). */
function stripes(count: number) {
  const generator = createGenerator(1, 'stripes');
  const images = new Float32Array(count * SIZE * SIZE);
  const labels = Int32Array.from({length: count}, (_, i) => i % 2);
  images.forEach((_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE) % SIZE];
    const along = labels[Math.floor(i / (SIZE * SIZE))] === 0 ? y : x;
    images[i] = Math.sin(along) + generator.normal();
  });
  return {
    images: tf.tensor4d(images, [count, SIZE, SIZE, 1]),
    labels: tf.oneHot(tf.tensor1d(labels, 'int32'), 2),
  };
}

/**
 * Trains a small ConvNet of TensorFlow.js Layers on the backend in use.
 *
 * @returns the loss after each epoch, and the final accuracy
 */
export async function trainConvNet(epochs: number): Promise<{losses: number[]; accuracy: number}> {
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({
        inputShape: [SIZE, SIZE, 1],
        filters: 8,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: layers.initializers.heNormal({seed: 1}),
      }),
      layers.layers.batchNormalization(),
      layers.layers.activation({activation: 'relu'}),
      layers.layers.maxPooling2d({poolSize: 2}),
      layers.layers.conv2d({
        filters: 16,
        kernelSize: 3,
        strides: 2,
        activation: 'relu',
        kernelInitializer: layers.initializers.heNormal({seed: 2}),
      }),
      layers.layers.globalAveragePooling2d({}),
      layers.layers.dense({
        units: 2,
        activation: 'softmax',
        kernelInitializer: layers.initializers.glorotNormal({seed: 3}),
      }),
    ],
  });
  const optimizer = tf.train.adam(0.01);
  model.compile({optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const {images, labels} = stripes(256);
  try {
    const {history} = await model.fit(images, labels, {epochs, batchSize: 32, shuffle: false, verbose: 0});
    return {losses: history['loss'] as number[], accuracy: (history['acc'] as number[]).at(-1) ?? 0};
  } finally {
    tf.dispose([images, labels]);
    model.dispose();
    optimizer.dispose();
  }
}
