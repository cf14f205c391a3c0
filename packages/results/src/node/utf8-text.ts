import {InvalidRecordError} from '../invalid-record-error.ts';

/** A byte that is no UTF-8 would otherwise become a character that says so, and be lost where the text is written again. */
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
 * @param source names the bytes in errors
 * @throws {InvalidRecordError} where they are no UTF-8
 */
export function utf8Text(bytes: Uint8Array, source: string): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InvalidRecordError(source, [{path: '', message: 'expected text in UTF-8, got other bytes'}]);
  }
}
