import {type Classifier, InputError, at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkFloats} from './checks.ts';
import {evaluateChunks} from './evaluation.ts';
import {type LogitsPurpose, exampleSizeOf} from './model.ts';

/** What a decision function is made of. */
export interface ClassifierParts {
  /** The public function that makes it, as errors name it. */
  readonly caller: string;
  /** Shape of one input. */
  readonly inputShape: readonly number[];
  /** Columns of the logits. */
  readonly outputs: number;
  /** Logits `[1, n, outputs]` of `[n, ...inputShape]`. */
  readonly logits: (inputs: tf.Tensor, purpose: LogitsPurpose) => tf.Tensor3D;
  /** Inputs evaluated in one call. */
  readonly chunk: number;
}

export function classifierOf({caller, inputShape, outputs, logits, chunk}: ClassifierParts): Classifier {
  const dimension = exampleSizeOf({inputShape});

  function countOf(inputs: Float32Array): number {
    checkFloats(`models.${caller}`, 'inputs', inputs);
    const count = inputs.length / dimension;
    if (Number.isInteger(count)) return count;
    throw new InputError(
      `models.${caller}: expected inputs [n, ${inputShape}], got ${inputs.length} numbers`,
    );
  }

  async function overChunks(
    inputs: Float32Array,
    width: number,
    map: (part: tf.Tensor, first: number) => tf.Tensor,
  ) {
    const count = countOf(inputs);
    const out = new Float32Array(count * width);
    await evaluateChunks(
      {caller, count, size: chunk},
      (first, length) => {
        const part = inputs.subarray(first * dimension, (first + length) * dimension);
        return map(tf.tensor(part, [length, ...inputShape]), first);
      },
      (values, first) => out.set(values, first * width),
    );
    return out;
  }

  return {
    dimension,
    classes: Math.max(2, outputs),
    logits: (inputs) => overChunks(inputs, outputs, (part) => logits(part, 'values')),
    async inputGradient(inputs, index) {
      checkColumns(index, countOf(inputs), outputs);
      return overChunks(inputs, dimension, (part, first) => {
        const size = at(part.shape, 0);
        const chosen = new Float32Array(size * outputs);
        for (let i = 0; i < size; i++) chosen[i * outputs + at(index, first + i)] = 1;
        const mask = tf.tensor3d(chosen, [1, size, outputs]);
        return tf.grad((x) => tf.sum(tf.mul(logits(x, 'any'), mask)))(part);
      });
    },
  };
}

function checkColumns(index: Uint32Array, count: number, outputs: number): void {
  const stray = index.findIndex((column) => column >= outputs);
  if (index.length === count && stray < 0) return;
  throw new InputError(
    `models.inputGradient: expected a column in 0..${outputs - 1} for each of ${count} inputs, ` +
      `got ${stray < 0 ? index.length : `${index[stray]} at input ${stray}`}`,
  );
}
