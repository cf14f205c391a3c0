/** Whiskers from what is on the screen: at once, and as right as its grid. */

/**
 * For each point a line towards the nearest place of a picture's boundary, as long as the point's measured margin: lengths are
 * those of the record, whatever the grid misses.
 *
 * @param logits `[size, size]`, the first row the lowest
 * @param inputs `[n, 2]`
 * @param margins distances, `[n]`; null for none
 * @returns ends, `[n, 2]`; NaN for none
 */
export function whiskersOn(
  logits: Float32Array,
  size: number,
  halfWidth: number,
  inputs: Float32Array,
  margins: readonly (number | null)[],
): Float32Array {
  const crossings = crossingsOf(logits, size, halfWidth);
  const ends = new Float32Array(inputs.length).fill(Number.NaN);
  for (let i = 0; i < inputs.length / 2; i++) {
    const margin = margins[i];
    const [x, y] = [inputs[2 * i] as number, inputs[2 * i + 1] as number];
    let [nearest, toX, toY] = [Infinity, 0, 0];
    for (let c = 0; c < crossings.length; c += 2) {
      const [right, up] = [(crossings[c] as number) - x, (crossings[c + 1] as number) - y];
      const distance = right * right + up * up;
      if (distance < nearest) [nearest, toX, toY] = [distance, right, up];
    }
    const length = Math.sqrt(nearest);
    if (margin === undefined || margin === null || !(length > 0 && length < Infinity)) continue;
    ends[2 * i] = x + (toX / length) * margin;
    ends[2 * i + 1] = y + (toY / length) * margin;
  }
  return ends;
}

/** Where the log-odds pass 0 on the lines of the grid, pairs of x and y. */
function crossingsOf(logits: Float32Array, size: number, halfWidth: number): readonly number[] {
  const found: number[] = [];
  const unit = (2 * halfWidth) / (size - 1);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const here = logits[row * size + column] as number;
      const right = column + 1 < size ? (logits[row * size + column + 1] as number) : here;
      const above = row + 1 < size ? (logits[(row + 1) * size + column] as number) : here;
      if (here > 0 !== right > 0) {
        found.push((column + here / (here - right)) * unit - halfWidth, row * unit - halfWidth);
      }
      if (here > 0 !== above > 0) {
        found.push(column * unit - halfWidth, (row + here / (here - above)) * unit - halfWidth);
      }
    }
  }
  return found;
}
