import {InputError} from '@minefield/core';
import {type LabeledExamples, type Model, classCount} from '@minefield/models';

/**
 * Checks data sets that a model is to be trained or evaluated on side by side.
 *
 * @throws {InputError} naming the caller, when one is empty, sizes differ, inputs do not fit labels, or a label is no class
 */
export function checkExamples(caller: string, model: Model, sets: readonly LabeledExamples[]): void {
  const sizes = sets.map(({labels}) => labels.length);
  if (!sizes.every((size) => size >= 1 && size === sizes[0])) {
    throw new InputError(
      `training.${caller}: expected data sets of one size of at least 1, got sizes ${sizes}; give every network as many examples`,
    );
  }
  const width = model.inputShape.reduce((product, length) => product * length, 1);
  const classes = classCount(model);
  // Networks often share a set.
  for (const {inputs, labels} of new Set(sets)) {
    if (inputs.length !== labels.length * width) {
      throw new InputError(
        `training.${caller}: expected inputs [${labels.length}, ${model.inputShape}] for ${model.name}, got ${inputs.length} numbers`,
      );
    }
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] ?? Number.NaN;
      if (!Number.isInteger(label) || label < 0 || label >= classes) {
        throw new InputError(
          `training.${caller}: expected labels in 0..${classes - 1} for ${model.name}, got ${label} at example ${i}`,
        );
      }
    }
  }
}
