import {InputError} from '@minefield/core';

/** Longest time that may be asked for: timers do not count for longer than some weeks. */
const MOST_SECONDS = 3600;

/** @throws {InputError} naming the option, when it is not a number above 0 and at most 3600 */
export function checkSeconds(caller: string, name: string, value: number): void {
  if (Number.isFinite(value) && value > 0 && value <= MOST_SECONDS) return;
  throw new InputError(
    `${caller}: expected ${name} above 0 and at most ${MOST_SECONDS}, got ${String(value)}; give such a number`,
  );
}

/** @throws {InputError} naming the option, when it is not a whole number of at least 1 */
export function checkCount(caller: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new InputError(
    `${caller}: expected ${name} to be a whole number of at least 1, got ${String(value)}; give such a number`,
  );
}
