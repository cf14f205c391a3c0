/**
 * Bytes that are not safetensors, or tensors that the format cannot hold. The message reads
 * `safetensors.function: expected X, got Y; remedy`.
 */
export class SafetensorsError extends RangeError {
  override readonly name: string = 'SafetensorsError';
}
