import {InputError} from '@minefield/core';
import {
  type LabeledExamples,
  type Model,
  checkFloats,
  checkLabels,
  classCount,
  exampleSizeOf,
} from '@minefield/models';

/**
 * Checks data sets that a model is to be trained or evaluated on side by side.
 *
 * @throws {InputError} naming the caller, when one is empty, sizes differ, inputs do not fit labels, or a label is no class
 */
export function checkExamples(caller: string, model: Model, sets: readonly LabeledExamples[]): void {
  const sizes = sets.map((set) => set?.labels?.length);
  if (!sizes.every((size) => size !== undefined && size >= 1 && size === sizes[0])) {
    throw new InputError(
      `training.${caller}: expected data sets of one size of at least 1, got sizes ${sizes.map(String)}; give every network as many examples`,
    );
  }
  const width = exampleSizeOf(model);
  // Networks often share a set.
  for (const {inputs, labels} of new Set(sets)) {
    checkFloats(`training.${caller}`, 'inputs', inputs);
    if (inputs.length !== labels.length * width) {
      throw new InputError(
        `training.${caller}: expected inputs [${labels.length}, ${model.inputShape}] for ${model.name}, got ${inputs.length} numbers`,
      );
    }
    checkLabels(`training.${caller}`, labels, classCount(model));
  }
}
