import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** Attention of every word to every word, in several heads, in the words of `tf.einsum`. */
export class SelfAttention extends tfl.layers.Layer {
  static className = 'SelfAttention';
  readonly #heads: number;
  #weights: readonly tfl.LayerVariable[] = [];

  constructor(heads: number) {
    super({});
    this.#heads = heads;
  }

  /** @param inputShape `[examples, words, features]` */
  override build(inputShape: tfl.Shape): void {
    const features = inputShape[2] ?? 0;
    const shape = [features, this.#heads, features / this.#heads];
    this.#weights = ['query', 'key', 'value', 'output'].map((name) =>
      this.addWeight(name, shape, 'float32', tfl.initializers.glorotUniform({seed: 1})),
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape): tfl.Shape {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat();
      const [query, key, value, output] = this.#weights.map((weight) => weight.read());
      if (
        x === undefined ||
        query === undefined ||
        key === undefined ||
        value === undefined ||
        output === undefined
      )
        throw new TypeError('expected an input and weights');
      const headed = (weights: tf.Tensor): tf.Tensor => tf.einsum('bwf,fhd->bwhd', x, weights);
      const scores = tf.einsum('bqhd,bkhd->bhqk', headed(query), headed(key));
      const mixed = tf.einsum('bhqk,bkhd->bqhd', tf.softmax(scores), headed(value));
      return tf.einsum('bqhd,fhd->bqf', mixed, output);
    });
  }
}
