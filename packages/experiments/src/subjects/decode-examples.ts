import {InputError, printable} from '@minefield/core';
import {type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';
import type {LabeledExamples} from '@minefield/models';
import {decodeLabels} from './decode-labels.ts';
import {type Reference, readReference} from './reference.ts';

/** More examples than any data set here has; a limit on what a stranger's file can ask for. */
const MOST_EXAMPLES = 10_000_000;

/** What examples are for. */
export interface ExampleForm {
  readonly name: string;
  /** Shape of one input; null where an axis may have any length. */
  readonly inputShape: readonly (number | null)[];
  /** Columns of the logits. */
  readonly outputs: number;
}

export interface DecodedExamples {
  readonly examples: LabeledExamples;
  readonly inputShape: readonly number[];
  /** What the network's own framework made of them. */
  readonly reference: Reference | undefined;
}

/**
 * Labelled examples from a safetensors file: `inputs`, `[n, ...shape]`, and `labels` in any of the forms of
 * {@link decodeLabels}; and beside them what the network's own framework made of them, if the file holds that.
 *
 * @throws {InputError} when the bytes are damaged, a tensor is missing or misshapen, an input is not finite, or a label is
 *   no class
 */
export function decodeExamples(bytes: Uint8Array, {inputShape, outputs}: ExampleForm): DecodedExamples {
  const {tensors} = decodeSafetensors(bytes, {headerBytes: 1_000_000, tensors: 100});
  const inputs = named(tensors, 'inputs');
  const labels = named(tensors, 'labels');
  const [count = 0, ...shape] = inputs.shape;
  const expected = inputShape.map((length, axis) => length ?? shape[axis] ?? 'any');
  if (shape.join() !== expected.join()) {
    throw new InputError(
      `experiments.decodeExamples: expected "inputs" [n, ${expected}], got [${inputs.shape}]; reshape them for this network`,
    );
  }
  if (count < 1 || count > MOST_EXAMPLES) {
    throw new InputError(`experiments.decodeExamples: expected 1 to ${MOST_EXAMPLES} examples, got ${count}`);
  }
  const examples = {
    inputs: Float32Array.from(inputs.data as ArrayLike<number | bigint>, (value, i) => {
      const input = Math.fround(Number(value));
      if (Number.isFinite(input)) return input;
      throw new InputError(
        `experiments.decodeExamples: expected finite "inputs", got ${input} at entry ${i}; clean the data`,
      );
    }),
    labels: decodeLabels(labels, count, Math.max(2, outputs)),
  };
  return {examples, inputShape: shape, reference: readReference(tensors, count, outputs)};
}

function named(tensors: readonly DecodedTensor[], name: string): DecodedTensor {
  const found = tensors.find((tensor) => tensor.name === name);
  if (found) return found;
  const names = tensors.slice(0, 5).map((tensor) => `"${printable(tensor.name, 80)}"`);
  throw new InputError(
    `experiments.decodeExamples: expected a tensor "${name}", got ${names.join(', ') || 'none'}; save "inputs" and "labels"`,
  );
}
