/** What the objectives and classifiers of this package share: checks of what is asked for, and the walk over the examples. */
import {type CancelSignal, type EvaluationOptions, InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';

/** @throws {InputError} when an option that counts something is no integer of at least 1 */
export function checkCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count >= 1) continue;
    throw new InputError(
      `models.${caller}: expected ${name} to be an integer of at least 1, got ${count}; leave it out for the default`,
    );
  }
}

/**
 * Number K of the networks in `[K, dimension]`.
 *
 * @throws {InputError} when it is not whole
 */
export function networkCount(caller: string, thetas: Float32Array, dimension: number): number {
  if (thetas.length % dimension === 0) return thetas.length / dimension;
  throw new InputError(
    `models.${caller}: expected parameters [K, ${dimension}], got ${thetas.length} numbers; ` +
      'use a checkpoint of the same architecture',
  );
}

/**
 * The examples that an evaluation is of.
 *
 * @param all indices of all examples, 0 .. n − 1
 * @throws {InputError} when it names none, or one that the data do not have
 */
export function examplesOf(caller: string, all: Uint32Array, {examples}: EvaluationOptions): Uint32Array {
  if (examples === undefined) return all;
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
  readonly count: number;
  /** Most examples of a chunk. */
  readonly size: number;
  readonly signal?: CancelSignal | undefined;
  /** Whether the chunks that remain need not be seen. Default: they do. */
  readonly enough?: () => boolean;
}

/** Makes a tensor of each chunk of examples, reads it and disposes of it. */
export async function evaluateChunks(
  {count, size, signal, enough = () => false}: Chunks,
  make: (first: number, length: number) => tf.Tensor,
  use: (values: Float32Array, first: number, length: number) => void,
): Promise<void> {
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
