import {InputError} from './input-error.ts';
import {nearestWord} from './nearest-word.ts';

/** Every key that options may have; the compiler sees to it that none is forgotten. */
export type OptionKeys<T> = {readonly [K in keyof Required<T>]: true};

/**
 * Refuses options with a key that nobody reads: a misspelt one would change nothing, in silence.
 *
 * @param caller `package.function`, as errors name it
 * @throws {InputError} naming the key, and the one that was probably meant; also when there are no options at all
 *
 * @example checkOptions('landscape.scanLine', options, {signal: true, onProgress: true})
 */
export function checkOptions<T extends object>(caller: string, options: T, keys: OptionKeys<T>): void {
  if (typeof options !== 'object' || options === null) {
    throw new InputError(
      `${caller}: expected options, an object with ${Object.keys(keys).join(', ')}, got ${String(options)}; give one`,
    );
  }
  for (const key of Object.keys(options))
    if (!Object.hasOwn(keys, key)) refuse(caller, 'options', key, Object.keys(keys), 'leave it out');
}

/**
 * Refuses a word that is none of a few.
 *
 * @param name what the word says, such as `kind of cutoff`
 * @throws {InputError} naming the word, and the one that was probably meant
 *
 * @example checkWord('landscape.basinRadii', 'a kind of cutoff', kind, ['loss', 'excess'])
 */
export function checkWord<T extends string>(
  caller: string,
  name: string,
  word: T,
  words: readonly NoInfer<T>[],
): void {
  if (!words.includes(word)) refuse(caller, name, word, words, 'use one of these');
}

function refuse(
  caller: string,
  name: string,
  word: unknown,
  words: readonly string[],
  otherwise: string,
): never {
  const nearest = nearestWord(String(word), words);
  const remedy = nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
  throw new InputError(
    `${caller}: expected ${name} among ${words.join(', ')}, got "${String(word)}"; ${remedy}`,
  );
}
