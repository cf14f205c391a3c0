/** Draws a whole number below a bound, at most 2^32. */
export type Draw = (below: number) => number;

/** The same seed and input draw the same numbers everywhere (mulberry32). */
export function drawFrom(seed: number, input: number): Draw {
  let state = (Math.imul(seed, 0x9e3779b1) + input) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One of a list that is not empty. */
export function oneOf<T>(draw: Draw, list: readonly [T, ...T[]] | readonly T[]): T {
  const item = list[draw(list.length)];
  if (item === undefined) throw new RangeError('expected a list of things to draw from, got an empty one');
  return item;
}
