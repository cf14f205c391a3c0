/**
 * A function that remembers its latest result. Drawing thousands of pictures takes seconds, and one job after another looks at
 * the same.
 */
export function rememberingLatest<Arguments extends readonly unknown[], Result>(
  make: (...parameters: Arguments) => Result,
): (...parameters: Arguments) => Result {
  let latest: {readonly key: string; readonly result: Result} | undefined;
  return (...parameters) => {
    const key = JSON.stringify(parameters);
    if (latest?.key !== key) latest = {key, result: make(...parameters)};
    return latest.result;
  };
}

/** The same of every result; for those that are small. */
export function rememberingAll<Arguments extends readonly unknown[], Result>(
  make: (...parameters: Arguments) => Result,
): (...parameters: Arguments) => Result {
  const known = new Map<string, {readonly result: Result}>();
  return (...parameters) => {
    const key = JSON.stringify(parameters);
    const entry = known.get(key) ?? {result: make(...parameters)};
    known.set(key, entry);
    return entry.result;
  };
}
