/**
 * Refuses options with a key that nobody reads: a misspelt one would change nothing, in silence.
 *
 * @param caller `package.function`, as errors name it
 * @throws {RangeError} naming the key, and those that there are
 */
export function checkKeys(caller: string, options: object, keys: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(
      `${caller}: expected options, an object with ${keys.join(', ')}, got ${String(options)}`,
    );
  }
  const stray = Object.keys(options).find((key) => !keys.includes(key));
  if (stray === undefined) return;
  throw new RangeError(
    `${caller}: expected options among ${keys.join(', ')}, got "${stray}"; leave it out, or correct its spelling`,
  );
}
