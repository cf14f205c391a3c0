/** The candidate that a misspelt word most likely means; undefined where none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .map((candidate) => ({candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase())}))
    .filter(({candidate, distance}) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** Fewest insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  // Row and column 0 of the table are distances from nothing.
  let before: number[] = [];
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = entry(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? entry(before, j - 2) + 1
          : Infinity;
      next.push(Math.min(substituted, swapped, entry(row, j) + 1, entry(next, j - 1) + 1));
    }
    [before, row] = [row, next];
  }
  return entry(row, b.length);
}

function entry(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
