import {type Dataset, InputError} from '@minefield/core';

/**
 * The examples with these indices, in their order, as copies.
 *
 * @throws {InputError} when an index is not below the data set's size
 */
export function selectExamples(dataset: Dataset, indices: ArrayLike<number>, name: string): Dataset {
  const width = dataset.inputShape.reduce((product, length) => product * length, 1);
  const inputs = new Float32Array(indices.length * width);
  const labels = Uint8Array.from(indices, (index, row) => {
    const label = dataset.labels[index];
    if (label === undefined) {
      throw new InputError(
        `datasets.selectExamples: expected indices in 0..${dataset.size - 1}, got ${index}`,
      );
    }
    inputs.set(dataset.inputs.subarray(index * width, (index + 1) * width), row * width);
    return label;
  });
  return {...dataset, name, inputs, labels, size: labels.length};
}
