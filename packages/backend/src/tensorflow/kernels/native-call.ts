import {InternalError} from '@minefield/core';
import type {KernelBackend, TensorInfo} from '@tensorflow/tfjs-core';

/** An attribute of an operation. The type of its tensors need not be given, unless they come as a list. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A tensor of TensorFlow's, as the addon describes it. */
export interface Handle {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** The addon, as far as it is used here. */
export interface Addon {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_TYPE: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): Handle[];
}

/** The backend of `@tensorflow/tfjs-node`. */
export interface NativeBackend extends KernelBackend {
  readonly binding: Addon;
  /** Writes values that are still JavaScript's, and tells the tensors' numbers. */
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(handle: Handle): TensorInfo;
}

/**
 * One call of a kernel that is made of several operations of TensorFlow's. What stands between them never becomes a tensor of
 * TensorFlow.js, whose making costs more than most of these operations, and goes with the call.
 */
export class NativeCall {
  readonly #backend: NativeBackend;
  readonly #own = new Set<number>();

  constructor(backend: NativeBackend) {
    this.#backend = backend;
  }

  /** A float32 input of the kernel's. */
  input(tensor: TensorInfo): Handle {
    const [id = -1] = this.#backend.getInputTensorIds([tensor]);
    return {id, shape: tensor.shape, dtype: this.#backend.binding.TF_FLOAT};
  }

  /** Runs an operation of one output. */
  run(operation: string, inputs: readonly Handle[], attributes: readonly Attribute[] = []): Handle {
    const [output] = this.runMany(operation, inputs, attributes, 1);
    if (output === undefined) throw new InternalError(`backend.${operation}: expected an output, got none`);
    return output;
  }

  runMany(
    operation: string,
    inputs: readonly Handle[],
    attributes: readonly Attribute[],
    outputs: number,
  ): Handle[] {
    const ids = inputs.map(({id}) => id);
    const handles = this.#backend.binding.executeOp(operation, attributes, ids, outputs);
    for (const {id} of handles) this.#own.add(id);
    return handles;
  }

  /** An int32 vector, such as a shape. */
  integers(values: readonly number[]): Handle {
    return this.#constant([values.length], this.#backend.binding.TF_INT32, Int32Array.from(values));
  }

  /** An int32 number, such as an axis. */
  integer(value: number): Handle {
    return this.#constant([], this.#backend.binding.TF_INT32, Int32Array.of(value));
  }

  /** A float32 vector. */
  floats(values: readonly number[]): Handle {
    return this.#constant([values.length], this.#backend.binding.TF_FLOAT, Float32Array.from(values));
  }

  /** A float32 number. */
  number(value: number): Handle {
    return this.#constant([], this.#backend.binding.TF_FLOAT, Float32Array.of(value));
  }

  real(name: string, value: number): Attribute {
    return {name, type: this.#backend.binding.TF_ATTR_FLOAT, value};
  }

  flag(name: string, value: boolean): Attribute {
    return {name, type: this.#backend.binding.TF_ATTR_BOOL, value};
  }

  /** The type of tensors, which is float32. */
  float(name: string): Attribute {
    const {TF_ATTR_TYPE, TF_FLOAT} = this.#backend.binding;
    return {name, type: TF_ATTR_TYPE, value: TF_FLOAT};
  }

  /** One integer, or a list of them. */
  count(name: string, value: number | readonly number[]): Attribute {
    return {name, type: this.#backend.binding.TF_ATTR_INT, value};
  }

  word(name: string, value: string): Attribute {
    return {name, type: this.#backend.binding.TF_ATTR_STRING, value};
  }

  reshape(value: Handle, shape: readonly number[]): Handle {
    return this.run('Reshape', [value, this.integers(shape)]);
  }

  /** What the kernel returns; it stays after the call. */
  result(handle: Handle): TensorInfo {
    this.#own.delete(handle.id);
    return this.#backend.createOutputTensor(handle);
  }

  end(): void {
    for (const id of this.#own) this.#backend.binding.deleteTensor(id);
    this.#own.clear();
  }

  #constant(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): Handle {
    const id = this.#backend.binding.createTensor(shape, dtype, values);
    this.#own.add(id);
    return {id, shape, dtype};
  }
}
