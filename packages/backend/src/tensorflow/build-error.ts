/** A build that did not come about: a tool, the network or the right file is missing. Nothing of it is left. */
export class TensorflowBuildError extends Error {
  override readonly name = 'TensorflowBuildError';

  /** @param expected what was to happen; @param got what did instead; @param remedy what to do about it */
  constructor(expected: string, got: string, remedy: string, cause?: unknown) {
    super(`backend.buildTensorflow: expected ${expected}, got ${got}; ${remedy}`, {cause});
  }
}
