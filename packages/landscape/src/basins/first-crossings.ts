import {at, InputError} from '@minefield/core';
import {crossingWithin, narrowBracket, type Bracket, type LinePoint} from './bracketed-root.ts';

export interface CrossingSearch {
  /** Index of the ray, for messages. */
  readonly ray: number;
  /** Losses to reach, rising, all above `anchorLoss`. */
  readonly thresholds: readonly number[];
  readonly anchorLoss: number;
  /** Distances at which to look for a bracket, rising from above 0. */
  readonly scan: ArrayLike<number>;
  /** Relative width of the final bracket. */
  readonly tolerance: number;
}

/** What the search asks of the line next. */
export interface LineQuery {
  readonly distance: number;
  /** A loss above this need not be known. */
  readonly limit: number;
}

export interface Crossings {
  /** First distance at which each threshold is reached; Infinity where the scan ended below it. */
  readonly radii: Float64Array;
  /** For each threshold, whether the loss is not known to reach it: what lies beyond the radius is NaN. */
  readonly undefined: readonly boolean[];
  /** Relative width of the widest final bracket; 0 where there is none. */
  readonly width: number;
  /** Every scanned point, in order; losses far above the last threshold are Infinity. */
  readonly scanned: readonly LinePoint[];
}

interface EvaluatedPoint extends LinePoint {
  /** All that is known of a loss of Infinity is that it is above this. */
  readonly limit: number;
}

/**
 * Searches one line for the first crossing of several thresholds. Yields where to evaluate, receives the loss there; the
 * caller runs many such searches at once.
 *
 * The scan stops at the first point at or above the last threshold. Each crossing is then narrowed within its own interval
 * of the scan, and searches that share an interval share their evaluations, so radii never fall as thresholds rise. A loss
 * need not be monotone; what is missed is only an excursion above the threshold and back between two neighbouring scan
 * points.
 *
 * NaN counts as above every threshold where it can come of an overflow, as Infinity − Infinity does: where the loss farther out
 * is no finite number either. That costs one more evaluation, and the crossing is marked.
 *
 * @throws {InputError} at a loss of −Infinity, at NaN between finite losses, and where a ray is NaN all the way to the anchor
 */
export function* firstCrossings(search: CrossingSearch): Generator<LineQuery, Crossings, number> {
  const {ray, thresholds, anchorLoss, scan, tolerance} = search;
  const refuse = (expected: string, got: number, distance: number, remedy: string): never => {
    throw new InputError(
      `landscape.basinRadii: expected ${expected}, got ${got} at distance ${distance} along ray ${ray}; ${remedy}`,
    );
  };
  function* evaluate(distance: number, threshold: number): Generator<LineQuery, EvaluatedPoint, number> {
    // As far above the threshold as the threshold is above the anchor: exact where interpolation uses it, no farther.
    const limit = 2 * threshold - anchorLoss;
    const loss = yield {distance, limit};
    if (loss === -Infinity) refuse('a loss that is finite, or Infinity', loss, distance, CORRECT);
    return {
      distance,
      loss: loss <= limit ? loss : Infinity,
      limit,
      ...(Number.isNaN(loss) && {undefined: true}),
    };
  }
  /** An overflow does not end: what is finite again beyond a NaN had no reason to be NaN. */
  function* checkOverflow(point: EvaluatedPoint, beyond: number): Generator<LineQuery, void, number> {
    if (!point.undefined || beyond <= point.distance) return;
    const loss = yield {distance: beyond, limit: Infinity};
    if (Number.isFinite(loss)) {
      refuse(
        `a number between the anchor and the finite loss at ${beyond}`,
        Number.NaN,
        point.distance,
        CORRECT,
      );
    }
  }

  const anchor: LinePoint = {distance: 0, loss: anchorLoss};
  const scanned: LinePoint[] = [];
  const brackets: Bracket[] = [];
  const last = at(thresholds, -1);
  for (let i = 0; i < scan.length && brackets.length < thresholds.length; i++) {
    const inside = scanned.at(-1) ?? anchor;
    const outside = yield* evaluate(at(scan, i), last);
    yield* checkOverflow(outside, at(scan, -1));
    scanned.push(outside);
    for (const threshold of thresholds.slice(brackets.length)) {
      if (outside.loss < threshold) break;
      brackets.push({inside, outside});
    }
  }

  const radii = new Float64Array(thresholds.length).fill(Infinity);
  const undefinedAt = thresholds.map(() => false);
  const known: EvaluatedPoint[] = [];
  let width = 0;
  for (const [i, bracket] of brackets.entries()) {
    const threshold = at(thresholds, i);
    const narrowing = narrowBracket(
      known.reduce((b, point) => tighten(b, point, threshold), bracket),
      threshold,
      tolerance,
    );
    let step = narrowing.next();
    while (!step.done) {
      const point = yield* evaluate(step.value, threshold);
      if (!bracket.outside.undefined) yield* checkOverflow(point, bracket.outside.distance);
      known.push(point);
      step = narrowing.next(point);
    }
    const {inside, outside} = step.value;
    if (outside.undefined && inside.distance === 0) {
      refuse('a loss that is a number somewhere', Number.NaN, outside.distance, CORRECT);
    }
    radii[i] = crossingWithin(step.value, threshold);
    undefinedAt[i] = outside.undefined === true;
    width = Math.max(width, (outside.distance - inside.distance) / outside.distance);
  }
  return {radii, undefined: undefinedAt, width, scanned};
}

const CORRECT = 'correct the objective';

function tighten(bracket: Bracket, point: EvaluatedPoint, threshold: number): Bracket {
  const {inside, outside} = bracket;
  if (point.distance <= inside.distance || point.distance >= outside.distance) return bracket;
  if (point.loss === Infinity && point.limit < threshold) return bracket;
  return point.loss < threshold ? {inside: point, outside} : {inside, outside: point};
}
