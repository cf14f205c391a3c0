import {relaxedModule, simdModule} from './modules.generated.ts';
import {type WasmBackend, memoryOf} from './wasm-backend.ts';

/** `relaxed`: fused multiply-add, whose rounding is the machine's; `simd`: the same bits on every machine. */
export type KernelSet = 'relaxed' | 'simd';

/** Exports of `assembly/index.ts`; offsets and steps in bytes. */
export interface KernelModule {
  multiply(
    ...args: [
      ...[products: number, rows: number, columns: number, depth: number],
      ...[a: number, aProduct: number, aRow: number, aDepth: number],
      ...[b: number, bProduct: number, bDepth: number, bColumn: number],
      ...[bias: number, biasProduct: number, low: number, high: number],
      ...[out: number, scratch: number],
    ]
  ): void;
  multiplyIntegers(
    ...args: [
      ...[products: number, rows: number, columns: number, depth: number],
      ...[a: number, aProduct: number, aRow: number, aDepth: number],
      ...[b: number, bProduct: number, bDepth: number, bColumn: number, out: number],
    ]
  ): void;
  multiplyScratch(depth: number, columns: number): number;
  setConvolution(
    ...args: [
      ...[inHeight: number, inWidth: number, inChannels: number, filterHeight: number, filterWidth: number],
      ...[outHeight: number, outWidth: number, outChannels: number, strideY: number, strideX: number],
      ...[dilationY: number, dilationX: number, padTop: number, padLeft: number],
    ]
  ): void;
  convolutionScratch(): number;
  convolve(
    ...args: [
      ...[images: number, x: number, filter: number, bias: number, low: number, high: number],
      ...[out: number, scratch: number],
    ]
  ): void;
  convolveBackInput(images: number, dy: number, filter: number, dx: number, scratch: number): void;
  convolveBackFilter(images: number, x: number, dy: number, dw: number, scratch: number): void;
  depthwiseBackInput(images: number, dy: number, filter: number, dx: number, scratch: number): void;
  depthwiseInputScratch(): number;
  depthwiseBackFilter(images: number, x: number, dy: number, dw: number, scratch: number): void;
  depthwiseFilterScratch(): number;
  combine(
    ...args: [
      ...[operation: number, n0: number, n1: number, n2: number, n3: number],
      ...[a: number, a0: number, a1: number, a2: number, a3: number],
      ...[b: number, b0: number, b1: number, b2: number, b3: number, out: number],
    ]
  ): void;
  addWhere(count: number, a: number, b: number, mask: number, out: number): void;
  clamp(count: number, x: number, low: number, high: number, out: number): void;
  repeat(from: number, bytes: number, times: number, to: number): void;
  sum(outer: number, length: number, inner: number, x: number, divisor: number, out: number): void;
  sumSegments(
    ...args: [rows: number, width: number, segments: number, x: number, ids: number, out: number]
  ): void;
  normalize(
    ...args: [
      ...[rows: number, channels: number, x: number, mean: number, variance: number],
      ...[offset: number, scale: number, epsilon: number, low: number, out: number],
    ]
  ): void;
  variances(rows: number, channels: number, x: number, mean: number, out: number): void;
  normalizeBack(
    ...args: [
      ...[rows: number, channels: number, x: number, dy: number, mean: number, variance: number],
      ...[offset: number, scale: number, epsilon: number, low: number],
      ...[dx: number, dScale: number, dOffset: number],
    ]
  ): void;
  adam(
    ...args: [
      ...[count: number, theta: number, m: number, v: number, gradient: number],
      ...[thetaOut: number, mOut: number, vOut: number],
      ...[beta1: number, gamma1: number, beta2: number, gamma2: number],
      ...[rate: number, root: number, epsilon: number],
    ]
  ): void;
  momentum(
    ...args: [
      ...[count: number, theta: number, m: number, gradient: number],
      ...[thetaOut: number, mOut: number, mu: number, rate: number],
    ]
  ): void;
  rmsprop(
    ...args: [
      ...[count: number, theta: number, v: number, gradient: number, thetaOut: number, vOut: number],
      ...[rho: number, gamma: number, rate: number, epsilon: number],
    ]
  ): void;
  forward(table: number, levels: number, rows: number): void;
  backward(table: number, levels: number, rows: number, dy: number, current: number, other: number): void;
  logisticGradient(
    ...args: [
      ...[table: number, levels: number, rows: number, x: number],
      ...[targets: number, weights: number, current: number, other: number],
    ]
  ): void;
  logisticDerivatives(
    ...args: [
      ...[count: number, z: number, targets: number, weights: number],
      ...[first: number, second: number],
    ]
  ): void;
  sigmoid(count: number, x: number, out: number): void;
  softplus(count: number, x: number, out: number): void;
  pad(source: number, target: number, rows: number, width: number, stride: number): void;
  padTransposed(source: number, target: number, rows: number, width: number, stride: number): void;
  unpad(source: number, target: number, rows: number, width: number, stride: number): void;
}

const binaries: Readonly<Record<KernelSet, string>> = {relaxed: relaxedModule, simd: simdModule};

/** The fastest set that this machine can run. */
export function supportedSet(deterministic: boolean): KernelSet | null {
  const order: readonly KernelSet[] = deterministic ? ['simd'] : ['relaxed', 'simd'];
  return order.find((name) => WebAssembly.validate(binaryOf(name))) ?? null;
}

/** An instance over `memory`, made at once; a browser's main thread may have to wait for {@link KernelModules.prepare}. */
export function instantiate(set: KernelSet, memory: WebAssembly.Memory): KernelModule {
  const module = new WebAssembly.Module(binaryFor(set, memory));
  return new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as KernelModule;
}

async function instantiateAsync(set: KernelSet, memory: WebAssembly.Memory): Promise<KernelModule> {
  const {instance} = await WebAssembly.instantiate(binaryFor(set, memory), {env: {memory}});
  return instance.exports as unknown as KernelModule;
}

/** Makes instances of one set, one for each backend, as kernels need them. */
export class KernelModules {
  readonly set: KernelSet;
  readonly #instances = new WeakMap<WasmBackend, KernelModule>();

  constructor(set: KernelSet) {
    this.set = set;
  }

  async prepare(backend: WasmBackend): Promise<void> {
    this.#instances.set(backend, await instantiateAsync(this.set, memoryOf(backend)));
  }

  of(backend: WasmBackend): KernelModule {
    const known = this.#instances.get(backend);
    if (known !== undefined) return known;
    const made = instantiate(this.set, memoryOf(backend));
    this.#instances.set(backend, made);
    return made;
  }
}

function binaryFor(set: KernelSet, memory: WebAssembly.Memory): Uint8Array<ArrayBuffer> {
  const binary = binaryOf(set);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  return shared ? withSharedMemory(binary) : binary;
}

function binaryOf(set: KernelSet): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(binaries[set]), (character) => character.charCodeAt(0));
}

const IMPORT_SECTION = 2;
/** `env.memory`, kind memory, no flags, at least 0 pages: how the modules ask for it. */
const UNSHARED = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0, 0];
/** Shared, at least 0 and at most 65,536 pages. */
const SHARED_LIMITS = [3, 0, 0x80, 0x80, 4];

/** The same module importing a shared memory, which the threaded build of TensorFlow.js has: the type is part of the binary. */
function withSharedMemory(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const start = binary.findIndex((_, i) => UNSHARED.every((byte, j) => binary[i + j] === byte));
  // The import is the section's only one, so its size and count stand right before it.
  const [section, size = 0, count] = binary.subarray(start - 3, start);
  if (start < 3 || section !== IMPORT_SECTION || size !== UNSHARED.length + 1 || count !== 1) {
    throw new TypeError('tfjs-kernels: expected the module to import nothing but its memory');
  }
  const limits = start + UNSHARED.length - 2;
  return Uint8Array.from([
    ...binary.subarray(0, start - 2),
    size + SHARED_LIMITS.length - 2,
    1,
    ...binary.subarray(start, limits),
    ...SHARED_LIMITS,
    ...binary.subarray(limits + 2),
  ]);
}
