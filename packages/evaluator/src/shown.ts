import {printable} from '@minefield/core';

/** Longest quotation of what an evaluator sent, and of what it says went wrong. */
const [LONGEST, LONGEST_ERROR] = [80, 1000];

/** A value of a header as an error quotes it: on one line, and not all of it where it is long. */
export function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'none', LONGEST);
}

/** The error that an evaluator tells of, as it stands in a message. */
export function shownError(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'none', LONGEST_ERROR);
}

/** The first bytes of what should have been something else. */
export function shownBytes(bytes: Uint8Array): string {
  return printable(JSON.stringify(Buffer.from(bytes.subarray(0, LONGEST)).toString('utf8')), 6 * LONGEST);
}
