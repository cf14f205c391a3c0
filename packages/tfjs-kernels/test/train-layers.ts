import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {randomValues} from './backends.ts';
import {type LayersModel, WORDS} from './layers-models.ts';

const EXAMPLES = 4;
const STEPS = 8;
const RATE = 0.05;

export interface LayersTraining {
  /** Before each step. */
  readonly losses: readonly number[];
  /** Of the first loss, by all weights that are trained. */
  readonly gradient: Float32Array;
}

/** Steps of gradient descent from weights and towards targets that were drawn, on the backend that is set. */
export async function trainLayers({inputShape, words, output}: LayersModel): Promise<LayersTraining> {
  const input = tfl.input({shape: [...inputShape]});
  const network = tfl.model({inputs: input, outputs: output(input)});
  network.compile({optimizer: tf.train.sgd(RATE), loss: 'meanSquaredError'});
  const drawn = (shape: readonly (number | null)[], seed: number): tf.Tensor => {
    const lengths = shape.map((length) => length ?? EXAMPLES);
    return tf.tensor(randomValues(tf.util.sizeFromShape(lengths), seed), lengths);
  };
  network.trainableWeights.forEach((weight, i) => {
    const fanIn = weight.shape.slice(0, -1).reduce<number>((product, length) => product * (length ?? 1), 1);
    tf.tidy(() => {
      weight.write(tf.mul(drawn(weight.shape, i), 1 / Math.sqrt(Math.max(fanIn, 4))));
    });
  });
  const weights = (): Float32Array =>
    Float32Array.from(network.trainableWeights.flatMap((weight) => [...weight.read().dataSync()]));
  const x = tf.tidy(() => {
    const numbers = drawn([null, ...inputShape], 100);
    return words === true ? tf.floor(tf.mul(tf.add(numbers, 1), WORDS / 2)) : numbers;
  });
  const y = drawn(
    network.outputs.flatMap(({shape}) => shape),
    101,
  );
  const losses: number[] = [];
  let gradient = new Float32Array();
  for (let step = 0; step < STEPS; step++) {
    const before = weights();
    losses.push((await network.trainOnBatch(x, y)) as number);
    if (step === 0) gradient = weights().map((after, i) => ((before[i] ?? 0) - after) / RATE);
  }
  tf.dispose([x, y]);
  network.dispose();
  return {losses, gradient};
}
