/** What the objectives of models and of Layers models share: the walk over networks and examples, and sums in float64, in order. */
import type {EvaluationOptions} from '@minefield/core';
import type * as tf from '@tensorflow/tfjs-core';
import {evaluateChunks, examplesOf} from './evaluation.ts';

/** What is evaluated, and in which portions. */
export interface ChunkedData<Batch> {
  /** The public function that made the objective, as errors name it. */
  readonly caller: string;
  /** Number of examples n. */
  readonly count: number;
  /** Networks evaluated between two waits for the backend. */
  readonly networkChunk: number;
  /** Examples evaluated in one call of the model. */
  readonly exampleChunk: number;
  /** Makes the tensors of some examples. */
  batch(examples: Uint32Array): Batch;
}

export interface ChunkedObjective<Batch> {
  /**
   * Mean loss of each of `networks` networks. Once a partial sum alone puts one above `evaluation.limit`, it is left out of the
   * chunks that follow, so no loss may be negative where there is a limit.
   *
   * @param lossesOf losses of the networks of some rows, `[rows, examples]`
   */
  meanLosses(
    networks: number,
    evaluation: EvaluationOptions,
    lossesOf: (rows: Uint32Array, batch: Batch) => tf.Tensor,
  ): Promise<Float64Array>;
  /**
   * Sums over all chunks, divided once by the number of examples.
   *
   * @param vectorsOf those of a chunk, `[K, P]`
   */
  meanVectors(evaluation: EvaluationOptions, vectorsOf: (batch: Batch) => tf.Tensor): Promise<Float32Array>;
  /**
   * A vector for each network and example, `[networks, examples, width]`.
   *
   * @param vectorsOf those of the networks of some rows, `[rows, examples, width]`
   */
  vectors(
    networks: number,
    width: number,
    evaluation: EvaluationOptions,
    vectorsOf: (rows: Uint32Array, batch: Batch) => tf.Tensor,
  ): Promise<Float32Array>;
}

export function chunkedObjective<Batch>(data: ChunkedData<Batch>): ChunkedObjective<Batch> {
  const {caller, networkChunk, exampleChunk} = data;
  const all = indices(0, data.count);

  function overChunks(
    examples: Uint32Array,
    {signal}: EvaluationOptions,
    make: (batch: Batch) => tf.Tensor,
    use: (values: Float32Array, first: number, length: number) => void,
    enough?: () => boolean,
  ): Promise<void> {
    return evaluateChunks(
      {caller, count: examples.length, size: exampleChunk, signal, enough},
      (first, length) => make(data.batch(examples.subarray(first, first + length))),
      use,
    );
  }

  /** Rows of each portion of networks. */
  function portions(networks: number): Uint32Array[] {
    return Array.from({length: Math.ceil(networks / networkChunk)}, (_, i) =>
      indices(i * networkChunk, Math.min((i + 1) * networkChunk, networks)),
    );
  }

  return {
    async meanLosses(networks, evaluation, lossesOf) {
      const examples = examplesOf(caller, all, evaluation);
      const bound = (evaluation.limit ?? Infinity) * examples.length;
      const sums = new Float64Array(networks);
      for (const portion of portions(networks)) {
        let rows = portion;
        await overChunks(
          examples,
          evaluation,
          (batch) => lossesOf(rows, batch),
          (values, _, length) => {
            addRowsInto(sums, rows, values, length);
            rows = rows.filter((row) => !((sums[row] ?? 0) > bound));
          },
          () => rows.length === 0,
        );
      }
      return sums.map((sum) => sum / examples.length);
    },

    async meanVectors(evaluation, vectorsOf) {
      const examples = examplesOf(caller, all, evaluation);
      let sums: Float32Array | Float64Array = new Float64Array(0);
      await overChunks(examples, evaluation, vectorsOf, (values, first) => {
        // One chunk is the rule, and needs no wider numbers.
        if (first === 0 && examples.length <= exampleChunk) sums = values;
        else if (first === 0) sums = new Float64Array(values);
        else addInto(sums, values);
      });
      return quotients(sums, examples.length);
    },

    async vectors(networks, width, evaluation, vectorsOf) {
      const examples = examplesOf(caller, all, evaluation);
      const out = new Float32Array(networks * examples.length * width);
      for (const rows of portions(networks)) {
        await overChunks(
          examples,
          evaluation,
          (batch) => vectorsOf(rows, batch),
          (values, first, length) => {
            rows.forEach((row, k) => {
              const part = values.subarray(k * length * width, (k + 1) * length * width);
              out.set(part, (row * examples.length + first) * width);
            });
          },
        );
      }
      return out;
    },
  };
}

function indices(first: number, end: number): Uint32Array {
  return Uint32Array.from({length: end - first}, (_, i) => first + i);
}

/** Adds `length` values for each row to its sum, one after another. */
function addRowsInto(sums: Float64Array, rows: Uint32Array, values: Float32Array, length: number): void {
  rows.forEach((row, k) => {
    let sum = sums[row] ?? 0;
    for (let i = 0; i < length; i++) sum += values[k * length + i] ?? 0;
    sums[row] = sum;
  });
}

/** Adds a number to each sum. */
function addInto(sums: Float32Array | Float64Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}

function quotients(sums: Float32Array | Float64Array, divisor: number): Float32Array {
  const out = new Float32Array(sums.length);
  // A sum that began with 0 is never −0.
  for (let i = 0; i < out.length; i++) out[i] = (0 + (sums[i] ?? 0)) / divisor;
  return out;
}
