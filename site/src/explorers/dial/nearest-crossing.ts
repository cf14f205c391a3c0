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
  const unit = (2 * halfWidth) / (size - 1);
  const {places, rows} = crossingsOf(logits, size, halfWidth);
  const ends = new Float32Array(inputs.length).fill(Number.NaN);
  for (let i = 0; i < inputs.length / 2; i++) {
    const margin = margins[i];
    const [x, y] = [inputs[2 * i] as number, inputs[2 * i + 1] as number];
    let [nearest, toX, toY] = [Infinity, 0, 0];
    const look = (row: number): void => {
      if (row < 0 || row >= size) return;
      for (let c = rows[row] as number; c < (rows[row + 1] as number); c++) {
        const [right, up] = [(places[2 * c] as number) - x, (places[2 * c + 1] as number) - y];
        const distance = right * right + up * up;
        if (distance < nearest) [nearest, toX, toY] = [distance, right, up];
      }
    };
    const own = Math.floor((y + halfWidth) / unit);
    // Those of a row lie within a unit above its line: after so many rows on either side none can be nearer.
    for (let away = 0; away < 2 * size && Math.max(0, away - 1) * unit < Math.sqrt(nearest); away++) {
      look(own - away);
      if (away > 0) look(own + away);
    }
    const length = Math.sqrt(nearest);
    if (margin === undefined || margin === null || !(length > 0 && length < Infinity)) continue;
    ends[2 * i] = x + (toX / length) * margin;
    ends[2 * i + 1] = y + (toY / length) * margin;
  }
  return ends;
}

/** Where the log-odds pass 0 on the lines of the grid: pairs of x and y, and where those of each row begin, `[size + 1]`. */
function crossingsOf(
  logits: Float32Array,
  size: number,
  halfWidth: number,
): {readonly places: readonly number[]; readonly rows: readonly number[]} {
  const places: number[] = [];
  const rows: number[] = [];
  const unit = (2 * halfWidth) / (size - 1);
  for (let row = 0; row < size; row++) {
    rows.push(places.length / 2);
    for (let column = 0; column < size; column++) {
      const here = logits[row * size + column] as number;
      const right = column + 1 < size ? (logits[row * size + column + 1] as number) : here;
      const above = row + 1 < size ? (logits[(row + 1) * size + column] as number) : here;
      if (here > 0 !== right > 0) {
        places.push((column + here / (here - right)) * unit - halfWidth, row * unit - halfWidth);
      }
      if (here > 0 !== above > 0) {
        places.push(column * unit - halfWidth, (row + here / (here - above)) * unit - halfWidth);
      }
    }
  }
  rows.push(places.length / 2);
  return {places, rows};
}
