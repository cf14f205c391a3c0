import {type Dataset, InputError} from '@minefield/core';

/**
 * The examples with these indices, in their order, as copies.
 *
 * @throws {InputError} when an index is not below the data set's size, or the data set has not the inputs that it says
 */
export function selectExamples(dataset: Dataset, indices: ArrayLike<number>, name: string): Dataset {
  const {inputShape, size} = dataset;
  const width = inputShape.reduce((product, length) => product * length, 1);
  if (!(dataset.inputs instanceof Float32Array) || dataset.inputs.length !== size * width) {
    throw new InputError(
      `datasets.selectExamples: expected ${size * width} inputs in a Float32Array for ${size} examples of ` +
        `[${inputShape}], got ${dataset.inputs.length}; correct the data set`,
    );
  }
  const inputs = new Float32Array(indices.length * width);
  const labels = Uint8Array.from(indices, (index, row) => {
    const label = dataset.labels[index];
    if (label === undefined) {
      throw new InputError(
        `datasets.selectExamples: expected indices in 0..${dataset.size - 1}, got ${index}; choose among these`,
      );
    }
    inputs.set(dataset.inputs.subarray(index * width, (index + 1) * width), row * width);
    return label;
  });
  return {...dataset, name, inputs, labels, size: labels.length};
}
