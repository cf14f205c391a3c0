/** The walk over examples in chunks, which the objectives and classifiers of this package share. */
import {type CancelSignal, type EvaluationOptions, InputError, checkOptions} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {typeName} from './checks.ts';
import {requireBackend} from './require-backend.ts';

/**
 * The examples that an evaluation is of.
 *
 * @param all indices of all examples, 0 .. n − 1
 * @throws {InputError} when it names none, or one that the data do not have, or has an option that nobody reads
 */
export function examplesOf(caller: string, all: Uint32Array, options: EvaluationOptions): Uint32Array {
  checkOptions(`models.${caller}`, options, {limit: true, examples: true, signal: true});
  const {examples} = options;
  if (examples === undefined) return all;
  if (!(examples instanceof Uint32Array)) {
    throw new InputError(
      `models.${caller}: expected examples as a Uint32Array of indices, got a value of type ${typeName(examples)}; ` +
        'make one with Uint32Array.from',
    );
  }
  if (examples.length === 0) {
    throw new InputError(
      `models.${caller}: expected examples to evaluate, got none; leave the option out for all`,
    );
  }
  for (const index of examples) {
    if (index < all.length) continue;
    throw new InputError(`models.${caller}: expected examples in 0..${all.length - 1}, got ${index}`);
  }
  return examples;
}

export interface Chunks {
  /** The public function that evaluates, as errors name it. */
  readonly caller: string;
  readonly count: number;
  /** Most examples of a chunk. */
  readonly size: number;
  readonly signal?: CancelSignal | undefined;
  /** Whether the chunks that remain need not be seen. Default: they do. */
  readonly enough?: (() => boolean) | undefined;
}

/**
 * Makes a tensor of each chunk of examples, reads it and disposes of it.
 *
 * @throws {InputError} when no backend runs
 */
export async function evaluateChunks(
  {caller, count, size, signal, enough = () => false}: Chunks,
  make: (first: number, length: number) => tf.Tensor,
  use: (values: Float32Array, first: number, length: number) => void,
): Promise<void> {
  requireBackend(`models.${caller}`);
  for (let first = 0; first < count && !enough(); first += size) {
    signal?.throwIfAborted();
    const length = Math.min(size, count - first);
    const result = tf.tidy(() => make(first, length));
    try {
      use((await result.data()) as Float32Array, first, length);
    } finally {
      result.dispose();
    }
  }
}
