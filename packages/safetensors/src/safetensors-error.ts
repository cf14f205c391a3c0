/**
 * Bytes that are not safetensors, or tensors that the format cannot hold. The message reads
 * `safetensors.function: expected X, got Y; remedy`.
 */
export class SafetensorsError extends RangeError {
  override readonly name: string = 'SafetensorsError';
}

/** An error about the bytes; the caller can only get other bytes. */
export function invalid(expected: string, got: string): SafetensorsError {
  return new SafetensorsError(
    `safetensors.decodeSafetensors: expected ${shortened(expected, 200)}, got ${shortened(got, 100)}; ` +
      'the file is damaged or of another format',
  );
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
