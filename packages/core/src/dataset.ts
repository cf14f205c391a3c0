import {fingerprint} from './fingerprint.ts';

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

/** SHA-256 of everything but the name: shape, classes, inputs and labels; lower-case hex. */
export function datasetFingerprint({inputs, labels, inputShape, classes}: Dataset): string {
  return fingerprint('dataset', JSON.stringify({inputShape, classes}), inputs, labels);
}
