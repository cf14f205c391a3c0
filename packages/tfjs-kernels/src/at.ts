/**
 * The element at an index that is known to be there, counted from the end where negative. This package depends on nothing but
 * TensorFlow.js, and so has its own.
 */
export function at<T>(values: readonly T[], index: number): T {
  const found = values.at(index);
  if (found !== undefined) return found;
  throw new Error(
    `tfjs-kernels.at: expected an element ${index}, got ${values.length} of them; this is a bug`,
  );
}

/** A tuple of what `make` makes of each element of a tuple. */
export function mapEach<const T extends readonly unknown[], R>(
  values: T,
  make: (value: T[number]) => R,
): {[K in keyof T]: R} {
  return values.map((value) => make(value)) as {[K in keyof T]: R};
}
