import {InputError} from '@minefield/core';
import {type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';
import {type LabeledExamples, type Model, classCount} from '@minefield/models';
import {decodeLabels} from './decode-labels.ts';
import {type Reference, readReference} from './reference.ts';

/** More examples than any data set here has; a limit on what a stranger's file can ask for. */
const MOST_EXAMPLES = 10_000_000;

/**
 * Labelled examples from a safetensors file: `inputs`, `[n, ...shape]`, and `labels` in any of the forms of
 * {@link decodeLabels}; and beside them what the network's own framework made of them, if the file holds that.
 *
 * @param model what the examples are for
 * @throws {InputError} when the bytes are damaged, a tensor is missing or misshapen, an input is not finite, or a label is
 *   no class
 */
export function decodeExamples(
  bytes: Uint8Array,
  model: Model,
): {readonly examples: LabeledExamples; readonly reference: Reference | undefined} {
  const {inputShape, outputs} = model;
  const {tensors} = decodeSafetensors(bytes, {headerBytes: 1_000_000, tensors: 100});
  const inputs = named(tensors, 'inputs');
  const labels = named(tensors, 'labels');
  const [count = 0, ...shape] = inputs.shape;
  if (shape.join() !== inputShape.join()) {
    throw new InputError(
      `experiments.decodeExamples: expected "inputs" [n, ${inputShape}], got [${inputs.shape}]; reshape them for this network`,
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
    labels: decodeLabels(labels, count, classCount(model)),
  };
  return {examples, reference: readReference(tensors, count, outputs)};
}

function named(tensors: readonly DecodedTensor[], name: string): DecodedTensor {
  const found = tensors.find((tensor) => tensor.name === name);
  if (found) return found;
  const names = tensors.slice(0, 5).map((tensor) => `"${tensor.name}"`);
  throw new InputError(
    `experiments.decodeExamples: expected a tensor "${name}", got ${names.join(', ') || 'none'}; save "inputs" and "labels"`,
  );
}
