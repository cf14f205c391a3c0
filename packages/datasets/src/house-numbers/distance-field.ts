/** Where a straight piece of a stroke ends. Lengths are in pixels. */
export interface PieceEnd {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  /** How far the piece goes on beyond the point; negative for a round end. */
  readonly overhang: number;
}

/** Distances above so many units are cut off: nothing is painted further from a stroke. */
export const REACH = 2.5;

/**
 * Lowers a field of signed distances, `[size, size]`, in units and negative inside, to the distance from one piece
 * where that is nearer. Only pixels near the piece are visited.
 *
 * @param unit pixels
 */
export function drawPieceInto(
  field: Float64Array,
  size: number,
  unit: number,
  from: PieceEnd,
  to: PieceEnd,
): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.sqrt(dx * dx + dy * dy);
  // A dot has no direction, and any will do.
  const alongX = length > 0 ? dx / length : 1;
  const alongY = length > 0 ? dy / length : 0;
  const slope = length > 0 ? (to.halfWidth - from.halfWidth) / length : 0;
  const overhang = Math.max(0, from.overhang, to.overhang);
  const reach = Math.max(from.halfWidth, to.halfWidth) + overhang + REACH * unit;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(from.y, to.y) + reach));
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5 - from.y;
    for (let column = left; column <= right; column++) {
      const x = column + 0.5 - from.x;
      const along = x * alongX + y * alongY;
      const across = Math.abs(x * alongY - y * alongX);
      const within = Math.min(length, Math.max(0, along));
      const beyond = Math.abs(along - within);
      const halfWidth = from.halfWidth + slope * within;
      const end = along < 0 ? from.overhang : to.overhang;
      let distance = across - halfWidth;
      if (beyond > 0) {
        distance =
          end < 0
            ? Math.sqrt(across * across + beyond * beyond) - halfWidth
            : Math.max(distance, beyond - end);
      }
      const at = row * size + column;
      field[at] = Math.min(field[at] ?? 0, distance / unit);
    }
  }
}
