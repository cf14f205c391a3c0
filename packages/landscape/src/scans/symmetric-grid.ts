import {InputError} from '@minefield/core';

/**
 * `count` points from −maximum to maximum; the middle one of an odd count is exactly 0.
 *
 * @throws {InputError} unless the maximum is positive and finite, and the count a whole number of at least 2
 */
export function symmetricGrid(maximum: number, count: number): number[] {
  if (!(maximum > 0 && maximum < Infinity)) {
    throw new InputError(`landscape.symmetricGrid: expected a finite maximum > 0, got ${maximum}`);
  }
  if (!Number.isInteger(count) || count < 2) {
    throw new InputError(`landscape.symmetricGrid: expected a count >= 2, got ${count}`);
  }
  return Array.from({length: count}, (_, i) => {
    const value = maximum * ((2 * i - (count - 1)) / (count - 1));
    return value === 0 ? 0 : value;
  });
}

/**
 * An odd count of points from −maximum to maximum: 0 in the middle, and on either side distances that grow from `smallest` by one
 * factor, so that a narrow basin and a wide one are seen on one grid.
 *
 * @throws {InputError} where `smallest` is not above 0 and below `maximum`, or the count is not odd and at least 3
 */
export function symmetricLogarithmicGrid(smallest: number, maximum: number, count: number): number[] {
  if (!(smallest > 0 && smallest < maximum && maximum < Infinity)) {
    throw new InputError(
      `landscape.symmetricLogarithmicGrid: expected distances 0 < smallest < maximum, got ${smallest} and ${maximum}`,
    );
  }
  if (!Number.isInteger(count) || count < 3 || count % 2 === 0) {
    throw new InputError(`landscape.symmetricLogarithmicGrid: expected an odd count >= 3, got ${count}`);
  }
  const side = (count - 1) / 2;
  return Array.from({length: count}, (_, i) => {
    const step = Math.abs(i - side);
    if (step === 0) return 0;
    const share = side === 1 ? 1 : (step - 1) / (side - 1);
    return Math.sign(i - side) * smallest * (maximum / smallest) ** share;
  });
}
