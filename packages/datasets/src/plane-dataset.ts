import type {Dataset} from '@minefield/core';

/** A data set of points in the plane and two classes. */
export function planeDataset(name: string, inputs: Float32Array, labels: Uint8Array): Dataset {
  return {name, inputs, labels, inputShape: [2], classes: 2, size: labels.length};
}
