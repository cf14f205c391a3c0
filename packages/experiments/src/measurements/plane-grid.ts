/** The points of a square grid around the origin of the plane, `[size², 2]`, rows of rising y. */
export function planeGrid({
  halfWidth,
  size,
}: {
  readonly halfWidth: number;
  readonly size: number;
}): Float32Array {
  const coordinate = (index: number): number => halfWidth * ((2 * index) / (size - 1) - 1);
  const grid = new Float32Array(2 * size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++)
      grid.set([coordinate(column), coordinate(row)], 2 * (row * size + column));
  }
  return grid;
}
