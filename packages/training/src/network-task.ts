import type {Generator} from '@minefield/core';
import type {LabeledExamples} from '@minefield/models';

/** Where poison comes from: writes `labels.length` examples into the arrays. */
export type PoisonSource = (inputs: Float32Array, labels: Uint8Array, generator: Generator) => void;

/** One network to train: where it starts, what it sees, and the streams of chance that belong to it alone. */
export interface NetworkTask {
  /** First parameters, `[P]`. */
  readonly initial: Float32Array;
  /** β >= 0; 0 trains a natural minimum. */
  readonly poisonFactor: number;
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  readonly poison: PoisonSource;
  /** Streams `poison` and `order` are derived from it. */
  readonly generator: Generator;
}

/** Poison drawn with replacement from a fixed set, such as a poison split. `exampleSize` is the size of one input. */
export function poisonFromExamples(set: LabeledExamples, exampleSize: number): PoisonSource {
  return (inputs, labels, generator) => {
    for (let i = 0; i < labels.length; i++) {
      const row = generator.integer(set.labels.length);
      inputs.set(set.inputs.subarray(row * exampleSize, (row + 1) * exampleSize), i * exampleSize);
      labels[i] = set.labels[row] ?? 0;
    }
  };
}
