import {
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
  findBackend,
  getKernel,
} from '@tensorflow/tfjs-core';
import type {KernelCall} from './kernel.ts';
import {memoryOf, offsetOf, type WasmBackend} from './wasm-backend.ts';

/** What is used of `MathBackendCPU` of `@tensorflow/tfjs-backend-cpu`. */
type CpuBackend = Pick<WasmBackend, 'write' | 'readSync' | 'disposeData'>;

/**
 * Has the CPU backend compute a kernel, on copies of the inputs: for what is rare, and has nothing for SIMD to do.
 *
 * @throws {TypeError} where the CPU backend is not imported; `@tensorflow/tfjs` brings it, `@tensorflow/tfjs-core` does not
 */
export function runOnCpu(name: string, call: KernelCall): TensorInfo | TensorInfo[] {
  const cpu = findBackend('cpu') as CpuBackend | null;
  const config = getKernel(name, 'cpu') as KernelConfig | undefined;
  if (cpu === null || config === undefined) {
    throw new TypeError(
      `tfjs-kernels.${name}: expected the CPU backend, which computes this for the WASM backend, got none; ` +
        'import @tensorflow/tfjs-backend-cpu',
    );
  }
  const made: TensorInfo[] = [];
  const copied = (tensor: TensorInfo): TensorInfo => {
    const {dataId, shape, dtype} = tensor;
    const copy = {dataId: cpu.write(call.backend.readSync(dataId), shape, dtype), shape, dtype};
    made.push(copy);
    return copy;
  };
  try {
    // Ragged tensors bring lists of tensors among their inputs, whatever the type says.
    const inputs = Object.entries(call.inputs as Readonly<Record<string, TensorInfo | TensorInfo[]>>).map(
      ([key, value]) => [key, Array.isArray(value) ? value.map(copied) : copied(value)],
    );
    const outputs = config.kernelFunc({
      inputs: Object.fromEntries(inputs) as NamedTensorInfoMap,
      backend: cpu,
      attrs: call.attrs,
    });
    made.push(...[outputs].flat());
    return Array.isArray(outputs)
      ? outputs.map((output) => copiedBack(call, cpu, output))
      : copiedBack(call, cpu, outputs);
  } finally {
    for (const {dataId} of made) cpu.disposeData(dataId);
  }
}

function copiedBack(
  {backend, makeOutput}: KernelCall,
  cpu: CpuBackend,
  {dataId, shape, dtype}: TensorInfo,
): TensorInfo {
  const values = cpu.readSync(dataId);
  const output = makeOutput(shape, dtype);
  if (dtype === 'string') {
    backend.dataIdMap.get(output.dataId).stringBytes = values as Uint8Array[];
    return output;
  }
  const {buffer, byteOffset, byteLength} = values as Float32Array | Int32Array | Uint8Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  new Uint8Array(memoryOf(backend).buffer).set(bytes, offsetOf(backend, output));
  return output;
}
