/** The kernels cannot be registered as things are; `got` and `remedy` are the two halves of the message. */
export class KernelsUnavailableError extends TypeError {
  override readonly name = 'KernelsUnavailableError';
  readonly got: string;
  readonly remedy: string;

  constructor(got: string, remedy: string) {
    super(`tfjs-kernels.registerKernels: expected a running WASM backend, got ${got}; ${remedy}`);
    this.got = got;
    this.remedy = remedy;
  }
}
