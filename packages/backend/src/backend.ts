/** Native TensorFlow, WebGPU, WebAssembly, plain JavaScript: fastest first. */
export type BackendName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

export interface BackendOptions {
  /** The one to start, or to fail with. Default: the first that starts, in the order of {@link BackendName}. */
  readonly name?: BackendName | undefined;
  /** Whether WebGPU may run on a software adapter, such as SwiftShader: slow, right for tests. Default false. */
  readonly software?: boolean | undefined;
  /**
   * Whether WASM uses kernels of plain SIMD only, whose bits agree on all machines; relaxed SIMD is faster, and rounds
   * as the machine does. Default false.
   */
  readonly deterministic?: boolean | undefined;
  /**
   * Where a browser finds the `.wasm` files of `@tensorflow/tfjs-backend-wasm`: a folder's address with its final slash,
   * or an address for each of the three files. Node finds them by itself. Only the first start can set it.
   */
  readonly wasmPath?: string | Readonly<Record<string, string>> | undefined;
}

/** What a backend says of itself once it runs. */
export interface RunningBackend {
  /** Set of `@minefield/tfjs-kernels` that is active; null where TensorFlow.js's own kernels are. */
  readonly kernels: 'relaxed' | 'simd' | null;
  /** What it computes on, where it can tell. */
  readonly device: string | null;
}

export interface StartedBackend extends RunningBackend {
  readonly name: BackendName;
  /** Why this one: a sentence for people. */
  readonly reason: string;
}

/** One line of a report on what this machine can run. */
export interface BackendDescription extends RunningBackend {
  readonly name: BackendName;
  readonly available: boolean;
  /** Why it can or cannot be used. */
  readonly reason: string;
  /** What to do about it; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** A backend that this entry point knows how to start. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** Makes it TensorFlow.js's active backend. @throws {BackendUnavailableError} where it cannot */
  start(options: BackendOptions): Promise<RunningBackend>;
  /** Notes what a start may change besides the active backend, and returns what puts it back. */
  hold?(): () => Promise<void>;
}

/** A backend cannot start here, or none can; `reason` and `remedy` are the two halves of the message. */
export class BackendUnavailableError extends Error {
  override readonly name = 'BackendUnavailableError';
  /** The one that was asked for, by a name that may not exist; null where any would have done. */
  readonly backend: string | null;
  readonly reason: string;
  readonly remedy: string;

  constructor(backend: string | null, reason: string, remedy: string, cause?: unknown) {
    const which = backend === null ? 'one backend' : `"${backend}"`;
    super(`backend.startBackend: expected ${which} to start, got: ${reason}; ${remedy}`, {cause});
    this.backend = backend;
    this.reason = reason;
    this.remedy = remedy;
  }
}
