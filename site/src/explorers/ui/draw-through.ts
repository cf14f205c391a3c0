/**
 * A hand draws a curve over a few places on x: the place nearest to it takes its height, and those that it passed since the
 * last time lie on the line between, for a fast hand skips some.
 *
 * @param xs rising
 * @param values at each of them; null where nothing was drawn yet
 * @param last index of the place that the hand was at before; null at the start of a stroke
 */
export function drawThrough(
  xs: readonly number[],
  values: readonly (number | null)[],
  last: number | null,
  x: number,
  y: number,
  scale: 'linear' | 'log' = 'linear',
): {readonly values: readonly (number | null)[]; readonly index: number} {
  const place = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  let index = 0;
  for (const [i, at] of xs.entries()) {
    if (Math.abs(place(at) - place(x)) < Math.abs(place(xs[index] as number) - place(x))) index = i;
  }
  const from = last === null ? null : (values[last] ?? null);
  const drawn = values.map((value, i) => {
    if (i === index) return y;
    if (last === null || from === null || (i - last) * (i - index) >= 0) return value;
    return from + ((y - from) * (i - last)) / (index - last);
  });
  return {values: drawn, index};
}
