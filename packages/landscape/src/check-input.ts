import {InputError, type Generator} from '@minefield/core';

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

/** @throws {InputError} naming the caller, unless there is a generator: without one nothing could be drawn again */
export function checkGenerator(caller: string, generator: Generator): void {
  if (typeof generator?.derive !== 'function') {
    throw new InputError(
      `landscape.${caller}: expected a generator, got ${kindOf(generator)}; pass createGenerator(seed)`,
    );
  }
}

/** Checks that vectors which meet θ have its length. @throws {InputError} naming the caller */
export function checkLength(caller: string, name: string, vector: ArrayLike<number>, expected: number): void {
  if (vector?.length !== expected) {
    throw new InputError(
      `landscape.${caller}: expected ${name} of ${expected} numbers, got ${vector?.length ?? kindOf(vector)}`,
    );
  }
}

/**
 * Checks what an objective gave: as many losses as points, none of them −Infinity, which no loss is and which would look like the
 * lowest of all. NaN and Infinity are left to the caller: far out a network's may overflow.
 *
 * @throws {InputError} naming the caller
 */
export function checkLosses(caller: string, losses: Float64Array, points: number): void {
  checkLength(caller, 'losses of the objective', losses, points);
  const index = losses.indexOf(-Infinity);
  if (index >= 0) {
    throw new InputError(
      `landscape.${caller}: expected losses that are finite, Infinity or NaN, got -Infinity at point ${index} of ` +
        `${points} evaluated together; correct the objective`,
    );
  }
}

/** @throws {InputError} naming the caller, unless the positions are a list of numbers */
export function checkPositions(caller: string, name: string, positions: ArrayLike<number>): void {
  if (!Number.isInteger(positions?.length)) {
    throw new InputError(
      `landscape.${caller}: expected ${name} as a list of numbers, got ${kindOf(positions)}`,
    );
  }
}

/**
 * Checks a point or a list of inputs that objectives and classifiers are handed as it is: a plain array would reach them
 * unrounded, or not work at all.
 *
 * @throws {InputError} naming the caller
 */
export function checkFloat32(caller: string, name: string, vector: Float32Array, expected?: number): void {
  // Not instanceof: an array from another realm, such as a frame or a worker's, is as good.
  if (kindOf(vector) !== 'a Float32Array') {
    throw new InputError(
      `landscape.${caller}: expected ${name} as a Float32Array, got ${kindOf(vector)}; Float32Array.from(values)`,
    );
  }
  if (expected !== undefined) checkLength(caller, name, vector, expected);
}

/** What a value is, for a message: `an Array`, `a Float64Array`, `undefined`. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
