import {at} from '@minefield/core';

/** The middle value, or the mean of the two in the middle. @param values at least one, none NaN */
export function median(values: ArrayLike<number>): number {
  const rising = Float64Array.from(values).toSorted();
  return (
    (at(rising, Math.floor((rising.length - 1) / 2)) + at(rising, Math.ceil((rising.length - 1) / 2))) / 2
  );
}
