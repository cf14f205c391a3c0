/** Every key that options may have; the compiler sees to it that none is forgotten. */
export type OptionKeys<T> = {readonly [K in keyof Required<T>]: true};

/**
 * Refuses options with a key that nobody reads: a misspelt one would change nothing, in silence.
 *
 * @throws {RangeError} naming the key and all known ones.
 */
export function checkOptions<T extends object>(where: string, options: T, keys: OptionKeys<T>): void {
  for (const key of Object.keys(options)) checkWord(where, 'options', key, Object.keys(keys));
}

/**
 * Refuses a word that is none of a few.
 *
 * @throws {RangeError} naming the word and all known ones.
 */
export function checkWord(where: string, name: string, word: string, words: readonly string[]): void {
  if (words.includes(word)) return;
  throw new RangeError(
    `figures.${where}: expected ${name} among ${words.join(', ')}, got "${word}"; correct it, or leave it out`,
  );
}

/** @throws {RangeError} for a number that is not above 0 and finite. */
export function checkPositive(where: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new RangeError(
      `figures.${where}: expected ${name} > 0, got ${value}; leave it out for the default`,
    );
}

/** @throws {RangeError} for a number that is not between 0 and 1. */
export function checkFraction(where: string, name: string, value: number): void {
  if (!(value >= 0 && value <= 1))
    throw new RangeError(
      `figures.${where}: expected ${name} between 0 and 1, got ${value}; divide percentages by 100`,
    );
}
