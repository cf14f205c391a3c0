/** Checks of what a caller gives, made once, before anything is computed. */
import {InputError} from '@minefield/core';

/** @throws {InputError} when an option that counts something is no integer of at least 1 */
export function checkCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  checkIntegers(caller, counts, '; leave it out for the default');
}

/** @throws {InputError} when a size that has no default is missing, or no integer of at least 1 */
export function checkSizes(caller: string, sizes: Readonly<Record<string, number | undefined>>): void {
  checkIntegers(caller, sizes, '');
}

function checkIntegers(caller: string, values: Readonly<Record<string, unknown>>, remedy: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && Number(value) >= 1) continue;
    throw new InputError(
      `models.${caller}: expected ${name} to be an integer of at least 1, got ${String(value)}${remedy}`,
    );
  }
}

/** @throws {InputError} when a list of sizes is none, or one of them no integer of at least 1 */
export function checkSizeList(caller: string, name: string, sizes: readonly number[]): void {
  if (!Array.isArray(sizes)) {
    throw new InputError(`models.${caller}: expected ${name} to be an array, got ${String(sizes)}`);
  }
  checkSizes(caller, Object.fromEntries(sizes.map((size, i) => [`${name}[${i}]`, size])));
}

/**
 * Refuses numbers that are not in a `Float32Array`: those of another array would fail far from here, or be rounded in silence.
 *
 * @param caller `package.function`, as errors name it
 * @param name what the numbers are
 * @throws {InputError} naming what was given instead
 */
export function checkFloats(caller: string, name: string, values: Float32Array): void {
  if (values instanceof Float32Array) return;
  const got =
    values === undefined || values === null ? String(values) : `a value of type ${typeName(values)}`;
  throw new InputError(
    `${caller}: expected ${name} as a Float32Array, got ${got}; make one with Float32Array.from`,
  );
}

/**
 * @param caller `package.function`, as errors name it
 * @throws {InputError} naming the first label that is none of `classes` classes
 */
export function checkLabels(caller: string, labels: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label !== undefined && Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new InputError(
      `${caller}: expected labels in 0..${classes - 1}, got ${String(label)} at example ${i}`,
    );
  }
}

/** @throws {InputError} when `theta` is no `Float32Array` of `dimension` numbers */
export function checkPoint(caller: string, theta: Float32Array, dimension: number): void {
  checkFloats(`models.${caller}`, 'parameters', theta);
  if (theta.length === dimension) return;
  throw new InputError(
    `models.${caller}: expected ${dimension} parameters, got ${theta.length}; use a vector of the same architecture`,
  );
}

/**
 * Number K of the networks in `[K, dimension]`.
 *
 * @throws {InputError} when it is not whole
 */
export function networkCount(caller: string, thetas: Float32Array, dimension: number): number {
  checkFloats(`models.${caller}`, 'parameters', thetas);
  if (thetas.length % dimension === 0) return thetas.length / dimension;
  throw new InputError(
    `models.${caller}: expected parameters [K, ${dimension}], got ${thetas.length} numbers; ` +
      'use a checkpoint of the same architecture',
  );
}

/** Name of a value's type: `Array`, `Float64Array`, `String`. */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
