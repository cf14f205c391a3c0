/** A model of {@link gpt} that learns a text, and continues it. */
import * as tf from '@tensorflow/tfjs-core';
import {gpt} from './gpt.ts';

const CONTEXT = 32;
const EXAMPLES = 24;

export interface Learner {
  /** One step of Adam on pieces of the text. @returns the loss, nats a character */
  step(): Promise<number>;
  /** So many of the likeliest next characters, one after another. */
  continued(start: string, characters: number): Promise<string>;
}

export function learner(text: string): Learner {
  const alphabet = [...new Set(text)].toSorted();
  const codes = Int32Array.from(text, (character) => alphabet.indexOf(character));
  const model = gpt({vocabulary: alphabet.length, context: CONTEXT, features: 48, heads: 4, blocks: 2});
  const optimizer = tf.train.adam(3e-3);
  let place = 0;

  /** The next pieces: steps of a size that has no factor in common with the text's, so that all of it comes up. */
  const pieces = (ahead: number): tf.Tensor2D => {
    const starts = codes.length - CONTEXT;
    const rows = Array.from({length: EXAMPLES}, (_, i) => {
      const from = ((place + i) * 37) % starts;
      return [...codes.subarray(from + ahead, from + ahead + CONTEXT)];
    });
    return tf.tensor2d(rows, [EXAMPLES, CONTEXT], 'int32');
  };

  return {
    async step() {
      const [inputs, labels] = [pieces(0), pieces(1)];
      const loss = optimizer.minimize(() => {
        const logits = model.apply(inputs, {training: true}) as tf.Tensor;
        return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, alphabet.length), logits) as tf.Scalar;
      }, true);
      place += EXAMPLES;
      const [value = Number.NaN] = (await loss?.data()) ?? [];
      tf.dispose([inputs, labels, loss ?? []]);
      return value;
    },
    async continued(start, characters) {
      let said = start;
      for (let i = 0; i < characters; i++) {
        const seen = [...said].slice(-CONTEXT).map((character) => alphabet.indexOf(character));
        // What stands behind the last character is not seen by it.
        const row = [...seen, ...Array.from({length: CONTEXT - seen.length}, () => 0)];
        const best = tf.tidy(() => {
          const logits = model.apply(tf.tensor2d([row], [1, CONTEXT], 'int32')) as tf.Tensor3D;
          return tf.argMax(tf.slice(logits, [0, seen.length - 1, 0], [1, 1, alphabet.length]), 2);
        });
        said += alphabet[(await best.data())[0] ?? 0] ?? '';
        best.dispose();
      }
      return said.slice(start.length);
    },
  };
}
