import {type Generator, InternalError} from '@minefield/core';

export function between(generator: Generator, low: number, high: number): number {
  return low + (high - low) * generator.uniform();
}

export function chance(generator: Generator, probability: number): boolean {
  return generator.uniform() < probability;
}

/** One of the entries, each as likely as its weight says. */
export function pick<T>(generator: Generator, entries: readonly (readonly [T, number])[]): T {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = generator.uniform() * total;
  for (const [entry, weight] of entries) {
    left -= weight;
    if (left < 0) return entry;
  }
  throw new InternalError('datasets.pick: expected entries with positive weights, got others; this is a bug');
}
