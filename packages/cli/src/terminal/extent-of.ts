/** The least and the most of the numbers among these values; undefined where there is no number. */
export function extentOf(
  values: readonly (number | null)[],
): {readonly least: number; readonly most: number} | undefined {
  let extent: {least: number; most: number} | undefined;
  for (const value of values) {
    if (value === null) continue;
    const {least, most} = extent ?? {least: value, most: value};
    extent = {least: Math.min(least, value), most: Math.max(most, value)};
  }
  return extent;
}
