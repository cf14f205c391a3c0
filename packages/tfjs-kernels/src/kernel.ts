import {
  type DataType,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  getKernel,
} from '@tensorflow/tfjs-core';
import type {KernelModule} from './kernel-module.ts';
import type {WasmBackend} from './wasm-backend.ts';

/** One call of a kernel. */
export interface KernelCall {
  readonly backend: WasmBackend;
  readonly module: KernelModule;
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap;
  /** Makes an output (of float32 unless told otherwise), values not set; it is freed where the call throws. */
  makeOutput(shape: readonly number[], dtype?: DataType): TensorInfo;
}

/** A replacement for a kernel of the WASM backend. */
export interface Kernel {
  readonly name: string;
  /** @returns the output, or undefined for a call that the stock kernel has to serve */
  run(call: KernelCall): TensorInfo | TensorInfo[] | undefined;
}

/** An input that may be missing. */
export function optionalInput(inputs: NamedTensorInfoMap, name: string): TensorInfo | undefined {
  return (inputs as Readonly<Record<string, TensorInfo | null | undefined>>)[name] ?? undefined;
}

/** An input that every call of the kernel has. */
export function input(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const value = optionalInput(inputs, name);
  if (value === undefined) throw new TypeError(`tfjs-kernels: expected an input "${name}", got none`);
  return value;
}

/** Calls another kernel of the backend for its one output, which the caller frees or returns. */
export function runKernel(
  name: string,
  backend: WasmBackend,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap = {},
): TensorInfo {
  // Absent kernels come back as undefined, whatever the type says.
  const config = getKernel(name, 'wasm') as KernelConfig | undefined;
  if (config === undefined)
    throw new TypeError(`tfjs-kernels: expected the WASM backend to have a kernel ${name}`);
  const output = config.kernelFunc({inputs, backend, attrs});
  if (Array.isArray(output))
    throw new TypeError(`tfjs-kernels: expected one output of ${name}, got ${output.length}`);
  return output;
}

/** Runs a kernel whose output is freed with the other intermediate ones. */
export type Step = (name: string, inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo;

/** What `compute` makes of other kernels. Everything on the way to its output is freed, also where it throws. */
export function composed(backend: WasmBackend, compute: (step: Step) => TensorInfo): TensorInfo {
  const made: TensorInfo[] = [];
  try {
    const {dataId, shape, dtype} = compute((name, inputs, attrs) => {
      const tensor = runKernel(name, backend, inputs, attrs);
      made.push(tensor);
      return tensor;
    });
    // The output shares memory with one of those, or with an input.
    backend.incRef(dataId);
    return {dataId, shape, dtype};
  } finally {
    for (const {dataId} of made) backend.disposeData(dataId);
  }
}

/** sum + term by the kernel that is registered; frees `sum`. */
export function addTo(backend: WasmBackend, sum: TensorInfo, term: TensorInfo): TensorInfo {
  const out = runKernel('Add', backend, {a: sum, b: term});
  backend.disposeData(sum.dataId);
  return out;
}
