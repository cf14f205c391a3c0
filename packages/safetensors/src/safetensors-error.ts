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

/** Controls, marks of writing direction and halves of characters, which a file may hold and a message may not. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/gu;

/** The beginning of a text on one line, with what is unprintable written out, as in `\u001b`. */
function shortened(text: string, length: number): string {
  const line = text.length > length ? `${text.slice(0, length)}…` : text;
  return line.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
