/** A point of a line that was evaluated; `loss` is Infinity where only "exceeds" is known. */
export interface LinePoint {
  readonly distance: number;
  readonly loss: number;
  /** Whether the objective gave no number there: NaN. */
  readonly undefined?: boolean;
}

/** `inside.loss < threshold <= outside.loss`, and `inside.distance < outside.distance`. */
export interface Bracket {
  readonly inside: LinePoint;
  readonly outside: LinePoint;
}

/**
 * Narrows a bracket until its width is at most `tolerance` of its inner end, and never leaves it. Yields the distance to
 * evaluate next, receives the loss there.
 *
 * Chandrupatla's method: inverse quadratic interpolation where it can be trusted, bisection elsewhere and wherever a loss
 * is known only to exceed; so it needs few evaluations on a smooth crossing and at worst about twice bisection's.
 *
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145–149.
 */
export function* narrowBracket(
  {inside, outside}: Bracket,
  threshold: number,
  tolerance: number,
): Generator<number, Bracket, LinePoint> {
  // `newest` and `across` enclose the crossing; `older` is the point that one of them replaced.
  let newest = outside;
  let across = inside;
  let older = outside;
  let fraction = secantFraction(newest, across, threshold);
  for (;;) {
    const [inner, outer] = newest.distance < across.distance ? [newest, across] : [across, newest];
    const width = outer.distance - inner.distance;
    const allowed = tolerance * inner.distance;
    if (width <= allowed) return {inside: inner, outside: outer};
    // Never closer to an end than half the width allowed: when interpolation has converged from one side, this step
    // lands just across the crossing and closes the bracket. From 0 there is no relative width yet: bisect.
    const margin = Math.min(allowed / (2 * width), 0.5);
    const share = inner.distance === 0 ? 0.5 : Math.min(Math.max(fraction, margin), 1 - margin);
    const distance = newest.distance + share * (across.distance - newest.distance);
    if (distance <= inner.distance || distance >= outer.distance || distance < SMALLEST * outside.distance) {
      return {inside: inner, outside: outer};
    }
    const point = yield distance;
    if (point.loss < threshold === newest.loss < threshold) {
      older = newest;
    } else {
      older = across;
      across = newest;
    }
    newest = point;
    fraction = interpolatedFraction(newest, across, older, threshold);
  }
}

/** Of the first bracket's outer end; a crossing nearer than that is as good as at 0. */
const SMALLEST = 1e-12;

/** Where the line through both points meets the threshold, as a share of the way from `from` to `to`. */
function secantFraction(from: LinePoint, to: LinePoint, threshold: number): number {
  if (!Number.isFinite(from.loss) || !Number.isFinite(to.loss)) return 0.5;
  return (from.loss - threshold) / (from.loss - to.loss);
}

function interpolatedFraction(
  newest: LinePoint,
  across: LinePoint,
  older: LinePoint,
  threshold: number,
): number {
  const [a, b, c] = [newest.loss - threshold, across.loss - threshold, older.loss - threshold];
  if (![a, b, c].every(Number.isFinite)) return 0.5;
  const xi = (newest.distance - across.distance) / (older.distance - across.distance);
  const phi = (a - b) / (c - b);
  if (!(phi * phi < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  const reach = (older.distance - newest.distance) / (across.distance - newest.distance);
  return (a / (b - a)) * (c / (b - c)) + reach * (a / (c - a)) * (b / (c - b));
}

/** Where a narrow bracket's chord meets the threshold: within the bracket, and nearer than its ends where both are known. */
export function crossingWithin({inside, outside}: Bracket, threshold: number): number {
  const share = secantFraction(inside, outside, threshold);
  return inside.distance + share * (outside.distance - inside.distance);
}
