import {type Generator, InputError, at} from '@minefield/core';
import {type LabeledExamples, checkFloats} from '@minefield/models';

/**
 * Where poison comes from: writes `labels.length` examples into the arrays, for step `step` of a training (0 the first). Chance
 * comes from `generator`, whose stream goes on from step to step; streams that are derived from it are the same in each.
 */
export type PoisonSource = (
  inputs: Float32Array,
  labels: Uint8Array,
  generator: Generator,
  step: number,
) => void;

/** One network to train: where it starts, what it sees, and the streams of chance that belong to it alone. */
export interface NetworkTask {
  /** First parameters, `[P]`. */
  readonly initial: Float32Array;
  /** β >= 0; 0 trains a natural minimum. */
  readonly poisonFactor: number;
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  /** Only where the recipe has `poisonPoints`. */
  readonly poison?: PoisonSource | undefined;
  /** Streams `poison` and `order` are derived from it. */
  readonly generator: Generator;
}

/**
 * Poison drawn with replacement from a fixed set, such as a poison split. `exampleSize` is the size of one input.
 *
 * @throws {InputError} when the set is empty, or its inputs are no `Float32Array` of `exampleSize` numbers each
 */
export function poisonFromExamples(
  set: LabeledExamples,
  exampleSize: number,
): (inputs: Float32Array, labels: Uint8Array, generator: Generator) => void {
  checkSet('poisonFromExamples', set, exampleSize);
  return (inputs, labels, generator) => {
    for (let i = 0; i < labels.length; i++) {
      const row = generator.integer(set.labels.length);
      inputs.set(set.inputs.subarray(row * exampleSize, (row + 1) * exampleSize), i * exampleSize);
      labels[i] = at(set.labels, row);
    }
  };
}

/**
 * Poison from a fixed set epoch by epoch: each example once, in a new order, before any comes again. The place in an epoch follows
 * from the step, so batches have to be of one size.
 *
 * @throws {InputError} when the set is empty, or its inputs are no `Float32Array` of `exampleSize` numbers each
 */
export function poisonInEpochs(set: LabeledExamples, exampleSize: number): PoisonSource {
  checkSet('poisonInEpochs', set, exampleSize);
  const available = set.labels.length;
  const orders = new WeakMap<Generator, {readonly epoch: number; readonly order: Uint32Array}>();
  function orderOf(generator: Generator, epoch: number): Uint32Array {
    const known = orders.get(generator);
    if (known?.epoch === epoch) return known.order;
    const order = generator.derive('epoch', epoch).permutation(available);
    orders.set(generator, {epoch, order});
    return order;
  }
  return (inputs, labels, generator, step) => {
    for (let i = 0; i < labels.length; i++) {
      const drawn = step * labels.length + i;
      const row = at(orderOf(generator, Math.floor(drawn / available)), drawn % available);
      inputs.set(set.inputs.subarray(row * exampleSize, (row + 1) * exampleSize), i * exampleSize);
      labels[i] = at(set.labels, row);
    }
  };
}

function checkSet(caller: string, {inputs, labels}: LabeledExamples, exampleSize: number): void {
  checkFloats(`training.${caller}`, 'inputs', inputs);
  if (labels.length === 0) {
    throw new InputError(`training.${caller}: expected at least one poison example, got none`);
  }
  if (inputs.length !== labels.length * exampleSize) {
    throw new InputError(
      `training.${caller}: expected inputs of ${labels.length} examples of ${exampleSize} numbers each, got ${inputs.length} numbers`,
    );
  }
}
