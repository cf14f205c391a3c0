import type * as z from 'zod';

/** A check that the named arrays of an object are as long as its first one. */
export function sameLength<K extends string>(
  ...names: readonly K[]
): (context: z.core.ParsePayload<Readonly<Record<K, readonly unknown[]>>>) => void {
  return ({value, issues}) => {
    const [first, ...others] = names;
    if (first === undefined) return;
    for (const name of others) {
      if (value[name].length === value[first].length) continue;
      const message = `expected ${value[first].length} entries, as in ${first}, got ${value[name].length}`;
      issues.push({code: 'custom', message, path: [name], input: value[name]});
    }
  };
}
