import {at} from '@minefield/core';
import {crossingWithin, narrowBracket, type Bracket, type LinePoint} from './bracketed-root.ts';

export interface CrossingSearch {
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
 * points. NaN counts as above every threshold.
 */
export function* firstCrossings(search: CrossingSearch): Generator<LineQuery, Crossings, number> {
  const {thresholds, anchorLoss, scan, tolerance} = search;
  function* evaluate(distance: number, threshold: number): Generator<LineQuery, EvaluatedPoint, number> {
    // As far above the threshold as the threshold is above the anchor: exact where interpolation uses it, no farther.
    const limit = 2 * threshold - anchorLoss;
    const loss = yield {distance, limit};
    return {distance, loss: loss <= limit ? loss : Infinity, limit};
  }

  const anchor: LinePoint = {distance: 0, loss: anchorLoss};
  const scanned: LinePoint[] = [];
  const brackets: Bracket[] = [];
  const last = at(thresholds, -1);
  for (let i = 0; i < scan.length && brackets.length < thresholds.length; i++) {
    const inside = scanned.at(-1) ?? anchor;
    const outside = yield* evaluate(at(scan, i), last);
    scanned.push(outside);
    for (const threshold of thresholds.slice(brackets.length)) {
      if (outside.loss < threshold) break;
      brackets.push({inside, outside});
    }
  }

  const radii = new Float64Array(thresholds.length).fill(Infinity);
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
      known.push(point);
      step = narrowing.next(point);
    }
    const {inside, outside} = step.value;
    radii[i] = crossingWithin(step.value, threshold);
    width = Math.max(width, (outside.distance - inside.distance) / outside.distance);
  }
  return {radii, width, scanned};
}

function tighten(bracket: Bracket, point: EvaluatedPoint, threshold: number): Bracket {
  const {inside, outside} = bracket;
  if (point.distance <= inside.distance || point.distance >= outside.distance) return bracket;
  if (point.loss === Infinity && point.limit < threshold) return bracket;
  return point.loss < threshold ? {inside: point, outside} : {inside, outside: point};
}
