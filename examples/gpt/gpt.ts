/**
 * A small language model in the way of GPT, of TensorFlow.js Layers: characters, positions, blocks of causal attention and of a
 * perceptron, each normalized before and added after.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

export interface GptOptions {
  readonly vocabulary: number;
  /** Characters that it looks back on. */
  readonly context: number;
  readonly features: number;
  readonly heads: number;
  readonly blocks: number;
}

/** From `[examples, context]` indices to `[examples, context, vocabulary]` logits of the character that comes next. */
export function gpt({vocabulary, context, features, heads, blocks}: GptOptions): tfl.LayersModel {
  const {layers} = tfl;
  const input = tfl.input({shape: [context]});
  const embedding = layers.embedding({
    inputDim: vocabulary,
    outputDim: features,
    embeddingsInitializer: start(0),
  });
  let x = apply(new Positions(), apply(embedding, input));
  for (let block = 0; block < blocks; block++) {
    const seed = 10 * block;
    const dense = (units: number, place: number, activation: 'gelu' | 'linear'): tfl.layers.Layer =>
      layers.dense({units, activation, kernelInitializer: start(seed + place)});
    const mixed = apply(new CausalAttention(heads, seed + 1), apply(layers.layerNormalization(), x));
    x = apply(layers.add(), x, mixed);
    const wide = apply(dense(4 * features, 5, 'gelu'), apply(layers.layerNormalization(), x));
    x = apply(layers.add(), x, apply(dense(features, 6, 'linear'), wide));
  }
  const last = layers.dense({units: vocabulary, kernelInitializer: start(99)});
  return tfl.model({inputs: input, outputs: apply(last, apply(layers.layerNormalization(), x))});
}

/** A seed each, so that training goes the same way each time. */
function start(seed: number): ReturnType<typeof tfl.initializers.randomNormal> {
  return tfl.initializers.randomNormal({stddev: 0.1, seed: seed + 1});
}

function apply(layer: tfl.layers.Layer, ...inputs: tfl.SymbolicTensor[]): tfl.SymbolicTensor {
  return layer.apply(inputs.length === 1 ? (inputs[0] ?? []) : inputs) as tfl.SymbolicTensor;
}

/** A layer whose outputs have the shape of its inputs. */
abstract class Keeping extends tfl.layers.Layer {
  override computeOutputShape(inputShape: tfl.Shape): tfl.Shape {
    return inputShape;
  }
}

/** Adds to each character what is learnt of its place. */
class Positions extends Keeping {
  static className = 'Positions';
  #places: tfl.LayerVariable | undefined;

  override build(inputShape: tfl.Shape): void {
    this.#places = this.addWeight('places', inputShape.slice(1), 'float32', start(1));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.add(one(inputs), read(this.#places)));
  }
}

/** Each character looks at those before it and at itself, in several heads. */
class CausalAttention extends Keeping {
  static className = 'CausalAttention';
  readonly #heads: number;
  readonly #seed: number;
  #weights: readonly tfl.LayerVariable[] = [];

  constructor(heads: number, seed: number) {
    super({});
    this.#heads = heads;
    this.#seed = seed;
  }

  override build(inputShape: tfl.Shape): void {
    const features = inputShape[2] ?? 0;
    const shape = [features, this.#heads, features / this.#heads];
    this.#weights = ['query', 'key', 'value', 'output'].map((name, i) =>
      this.addWeight(name, shape, 'float32', start(this.#seed + i)),
    );
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = one(inputs);
      const [query, key, value, output] = this.#weights;
      const headed = (weights: tfl.LayerVariable | undefined): tf.Tensor =>
        tf.einsum('bwf,fhd->bwhd', x, read(weights));
      const scores = tf.einsum('bqhd,bkhd->bhqk', headed(query), headed(key));
      const scale = Math.sqrt((x.shape[2] ?? 1) / this.#heads);
      const looks = tf.softmax(tf.add(tf.div(scores, scale), laterWords(x.shape[1] ?? 0)));
      return tf.einsum('bqhd,fhd->bqf', tf.einsum('bhqk,bkhd->bqhd', looks, headed(value)), read(output));
    });
  }
}

/** 0 for what may be seen, far below every score for what comes later: `[words, words]`. */
function laterWords(words: number): tf.Tensor {
  const mask = Float32Array.from({length: words * words}, (_, i) =>
    i % words > Math.floor(i / words) ? -1e9 : 0,
  );
  return tf.tensor2d(mask, [words, words]);
}

function one(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  const [x] = [inputs].flat();
  if (x === undefined) throw new TypeError('gpt: expected an input, got none');
  return x;
}

function read(weight: tfl.LayerVariable | undefined): tf.Tensor {
  if (weight === undefined) throw new TypeError('gpt: expected a layer that is built');
  return weight.read();
}
