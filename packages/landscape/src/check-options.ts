import {InputError} from '@minefield/core';
/** Checks an option that counts something. @throws {InputError} naming the caller, unless it is an integer >= 1 */
export function checkCount(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(`landscape.${caller}: expected ${name} >= 1, got ${value}`);
  }
}

/** @throws {InputError} naming the caller, unless the tolerance is in (0, 1): bisection to 0 has no end */
export function checkTolerance(caller: string, tolerance: number): void {
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new InputError(`landscape.${caller}: expected a tolerance in (0, 1), got ${tolerance}`);
  }
}
