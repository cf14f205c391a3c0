/** Thrown where records hold nothing that a figure could show. Options that are wrong are refused by another error. */
export class NothingToDrawError extends RangeError {
  override readonly name: string = 'NothingToDrawError';
}

/** @throws {NothingToDrawError} where there is nothing to show. */
export function requireSome<T>(
  items: readonly T[],
  where: string,
  what: string,
  remedy: string,
): asserts items is readonly [T, ...T[]] {
  if (items.length === 0)
    throw new NothingToDrawError(`figures.${where}: expected at least one ${what}, got 0; ${remedy}`);
}
