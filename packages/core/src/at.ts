import {InternalError} from './internal-error.ts';

/**
 * The element at an index that is known to be there. For code that is not hot: a loop over numbers reads faster without.
 *
 * @param index from 0; from the end where negative, as in `Array.prototype.at`
 * @throws {InternalError} where there is none
 *
 * @example at(rows, 0)
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const found = values[index < 0 ? values.length + index : index];
  if (found === undefined) {
    throw new InternalError(
      `core.at: expected an element ${index}, got ${values.length} of them; this is a bug`,
    );
  }
  return found;
}
