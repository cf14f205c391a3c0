import {fingerprint, InputError} from '@minefield/core';

/** Labelled examples of a classification task. */
export interface Dataset {
  readonly name: string;
  /** `[size, ...inputShape]`, row-major. */
  readonly inputs: Float32Array;
  /** Class of each example, `[size]`, each below `classes`. */
  readonly labels: Uint8Array;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** Number of examples. */
  readonly size: number;
}

/** A data set of points in the plane and two classes. */
export function planeDataset(name: string, inputs: Float32Array, labels: Uint8Array): Dataset {
  return {name, inputs, labels, inputShape: [2], classes: 2, size: labels.length};
}

/** SHA-256 of everything but the name: shape, classes, inputs and labels; lower-case hex. */
export function datasetFingerprint({inputs, labels, inputShape, classes}: Dataset): string {
  return fingerprint('dataset', JSON.stringify({inputShape, classes}), inputs, labels);
}

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
