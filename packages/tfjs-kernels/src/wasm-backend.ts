import type {DataType, KernelBackend, TensorInfo} from '@tensorflow/tfjs-core';

type DataId = TensorInfo['dataId'];

/** What the kernels use of `BackendWasm` of `@tensorflow/tfjs-backend-wasm`, whose types do not say it all. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    /** Exports of the TensorFlow.js module; its memory is among them. */
    readonly asm: Readonly<Record<string, unknown>>;
    _malloc(bytes: number): number;
    _free(offset: number): void;
  };
  readonly dataIdMap: {get(dataId: DataId): {readonly memoryOffset: number | null}};
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: DataId): void;
  disposeData(dataId: DataId): boolean;
}

/** Where the values of a tensor start in the heap, in bytes. */
export function offsetOf(backend: WasmBackend, tensor: TensorInfo): number {
  const {memoryOffset} = backend.dataIdMap.get(tensor.dataId);
  if (memoryOffset === null) {
    throw new TypeError(`tfjs-kernels: expected a numeric tensor, got one of dtype ${tensor.dtype}`);
  }
  return memoryOffset;
}

const memories = new WeakMap<WasmBackend, WebAssembly.Memory>();

/** The memory of the backend's module. Views of it are stale after any allocation; the memory itself never is. */
export function memoryOf(backend: WasmBackend): WebAssembly.Memory {
  const known = memories.get(backend);
  if (known !== undefined) return known;
  for (const value of Object.values(backend.wasm.asm)) {
    if (!(value instanceof WebAssembly.Memory)) continue;
    memories.set(backend, value);
    return value;
  }
  throw new TypeError(
    'tfjs-kernels.registerKernels: expected the WASM backend to export its memory; ' +
      'use @tensorflow/tfjs-backend-wasm 4.x',
  );
}

/** Runs `use` with `bytes` of scratch from the backend's heap. */
export function withScratch<T>(backend: WasmBackend, bytes: number, use: (offset: number) => T): T {
  const {_malloc: allocate, _free: free} = backend.wasm;
  const offset = allocate(bytes);
  if (offset === 0)
    throw new RangeError(`tfjs-kernels: the WASM heap has no ${bytes} bytes left for scratch`);
  try {
    return use(offset);
  } finally {
    free(offset);
  }
}
