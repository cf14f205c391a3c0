import {type DataType, type KernelBackend, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {KernelsUnavailableError} from './kernels-unavailable-error.ts';

type DataId = TensorInfo['dataId'];

/** What the backend knows of a tensor's values. */
interface TensorData {
  /** Where they are in the heap, in bytes; null for strings. */
  readonly memoryOffset: number | null;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  /** Strings in UTF-8. */
  stringBytes?: Uint8Array[];
}

/** What the kernels use of `BackendWasm` of `@tensorflow/tfjs-backend-wasm`, whose types do not say it all. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    /** Exports of the TensorFlow.js module; its memory is among them, unless it is the threaded build. */
    readonly asm: Readonly<Record<string, unknown>>;
    /** The memory of the threaded build, which imports it. */
    readonly wasmMemory?: WebAssembly.Memory;
    /** Signed, as WebAssembly has it: negative from 2 GiB on. 0 where there is no room. */
    _malloc(bytes: number): number;
    _free(offset: number): void;
  };
  readonly dataIdMap: {get(dataId: DataId): TensorData};
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: DataId): void;
  disposeData(dataId: DataId): boolean;
}

/**
 * Where the values of a tensor start in the heap, in bytes.
 *
 * @throws {RangeError} when the heap had no room for them: the backend makes tensors all the same, at 0
 */
export function offsetOf(backend: WasmBackend, tensor: TensorInfo): number {
  const {memoryOffset} = backend.dataIdMap.get(tensor.dataId);
  if (memoryOffset === null) {
    throw new TypeError(`tfjs-kernels: expected a numeric tensor, got one of dtype ${tensor.dtype}`);
  }
  const bytes = util.sizeFromShape(tensor.shape) * util.bytesPerElement(tensor.dtype);
  if (bytes > 0 && (memoryOffset === 0 || memoryOffset + bytes > memoryOf(backend).buffer.byteLength))
    throw noRoom(bytes, `a tensor [${tensor.shape}]`);
  return memoryOffset;
}

/** Backends whose outputs are looked at as they are made. */
const guarded = new WeakSet<WasmBackend>();

/** Has a backend throw where the heap has no room for an output: its own kernels would write to address 0, over other tensors. */
export function refuseWithoutRoom(backend: WasmBackend): void {
  if (guarded.has(backend)) return;
  guarded.add(backend);
  const make = backend.makeOutput.bind(backend);
  backend.makeOutput = (...args) => {
    const output = make(...args);
    try {
      if (backend.dataIdMap.get(output.dataId).memoryOffset !== null) offsetOf(backend, output);
      return output;
    } catch (error) {
      backend.disposeData(output.dataId);
      throw error;
    }
  };
}

/** What 32 bits address; a larger size would be taken modulo this one. */
const ADDRESSES = 2 ** 32;

const memories = new WeakMap<WasmBackend, WebAssembly.Memory>();

/** The memory of the backend's module. Views of it are stale after any allocation; the memory itself never is. */
export function memoryOf(backend: WasmBackend): WebAssembly.Memory {
  const known = memories.get(backend);
  if (known !== undefined) return known;
  // What another package registered as "wasm" may have neither.
  const {asm = {}, wasmMemory} = (backend as Partial<WasmBackend>).wasm ?? {};
  for (const value of [wasmMemory, ...Object.values(asm)]) {
    if (!(value instanceof WebAssembly.Memory)) continue;
    memories.set(backend, value);
    return value;
  }
  throw new KernelsUnavailableError(
    'a backend that shows no memory',
    'use @tensorflow/tfjs-backend-wasm 4.x',
  );
}

/** The values of a float32 tensor where they are; stale after any allocation. */
export function floatsOf(backend: WasmBackend, tensor: TensorInfo): Float32Array {
  const size = util.sizeFromShape(tensor.shape);
  return new Float32Array(memoryOf(backend).buffer, offsetOf(backend, tensor), size);
}

/**
 * Runs `use` with `bytes` of scratch from the backend's heap.
 *
 * @throws {RangeError} when the heap has no room for them
 */
export function withScratch<T>(backend: WasmBackend, bytes: number, use: (offset: number) => T): T {
  const {_malloc: allocate, _free: free} = backend.wasm;
  const offset = bytes < ADDRESSES ? allocate(bytes) >>> 0 : 0;
  if (offset === 0) throw noRoom(bytes, 'scratch');
  try {
    return use(offset);
  } finally {
    free(offset);
  }
}

function noRoom(bytes: number, what: string): RangeError {
  return new RangeError(
    `tfjs-kernels: expected room in the WASM heap for ${what}, got none for ${bytes} bytes; ` +
      'dispose of tensors, or compute in smaller batches',
  );
}
