import {deepEqual} from 'node:assert';
import {isDeepStrictEqual} from 'node:util';

/** Whether a value that was written and read again is as it was, save that −0 becomes 0, which JSON makes of it. */
export function isSame(again: unknown, value: unknown): boolean {
  if (isDeepStrictEqual(again, value)) return true;
  try {
    deepEqual(again, value);
    return true;
  } catch {
    return false;
  }
}
