/**
 * The element at an index, counted from the end where it is negative. Columns of a record have one length, which
 * `parseRecord` sees to, so an index into one is an index into all.
 *
 * @throws {RangeError} where there is none: something was drawn that is no valid record.
 */
export function elementAt<T>(values: readonly T[], index: number): T {
  const value = values.at(index);
  if (value !== undefined) return value;
  throw new RangeError(
    `figures: expected an element ${index} among ${values.length}, got none; parse records before they are drawn`,
  );
}
