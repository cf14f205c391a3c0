import {type Generator, InputError} from '@minefield/core';

/** @throws {InputError} naming the caller, unless there is a generator: without one nothing could be drawn again */
export function checkGenerator(caller: string, generator: Generator): void {
  if (typeof generator?.derive === 'function') return;
  throw new InputError(
    `datasets.${caller}: expected a generator among the options, got ${typeof generator}; pass {generator: createGenerator(seed)}`,
  );
}
