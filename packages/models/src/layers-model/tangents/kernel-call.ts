import type * as tf from '@tensorflow/tfjs-core';

/** By name, or an array by index. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Runs a kernel of the backend, on the tape. */
export type RunKernel = (name: string, inputs: Tensors, attrs?: object) => tf.Tensor | tf.Tensor[];

/** One evaluation of a kernel, of whose inputs some have a tangent: their derivative along a direction. */
export interface KernelCall {
  readonly name: string;
  readonly inputs: Tensors;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly output: tf.Tensor | tf.Tensor[];
  /** Undefined where an input does not change. */
  tangent(input: string): tf.Tensor | undefined;
  readonly run: RunKernel;
}

/** The tangents of the outputs, by operations whose first derivatives TensorFlow.js has right; undefined where all are zero. */
export type Rule = (call: KernelCall) => tf.Tensor | tf.Tensor[] | undefined;
