import {at, type CancelSignal, type Objective, InternalError} from '@minefield/core';
import type {Rays} from '../directions/rays.ts';
import {batchOf, lossesAlong} from '../scans/losses-along.ts';
import type {Crossings, LineQuery} from './first-crossings.ts';

export interface FollowRaysOptions {
  readonly from: number;
  readonly directions: number;
  /** Starts the search along one ray. */
  readonly search: (index: number) => Generator<LineQuery, Crossings, number>;
  readonly onRay: (index: number, crossings: Crossings) => void;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Lane {
  readonly index: number;
  readonly search: Generator<LineQuery, Crossings, number>;
  query: LineQuery;
}

/**
 * Runs one search a ray, as many at once as the objective likes: each call evaluates one point of every ray in flight, and
 * a ray that is finished makes room for the next. No more rays are in memory than are in flight.
 *
 * @returns how many losses were evaluated
 */
export async function followRays(
  objective: Objective,
  anchor: Float32Array,
  rays: Rays,
  {from, directions, search, onRay, signal, onProgress}: FollowRaysOptions,
): Promise<number> {
  const {parameters} = rays;
  const slots = Math.min(batchOf('basinRadii', objective), directions);
  const rows = new Float32Array(slots * parameters);
  const row = (slot: number): Float32Array => rows.subarray(slot * parameters, (slot + 1) * parameters);
  const admit = (slot: number, index: number): Lane => {
    rays.fillInto(row(slot), index);
    const lane = search(index);
    const step = lane.next();
    if (step.done)
      throw new InternalError('landscape.followRays: a search ended before it began; this is a bug');
    return {index, search: lane, query: step.value};
  };

  let lanes = Array.from({length: slots}, (_, slot) => admit(slot, from + slot));
  let admitted = slots;
  let evaluations = 0;
  while (lanes.length > 0) {
    signal?.throwIfAborted();
    const limit = lanes.reduce((largest, {query}) => Math.max(largest, query.limit), -Infinity);
    const losses = await lossesAlong(
      'basinRadii',
      objective,
      anchor,
      rows.subarray(0, lanes.length * parameters),
      Float64Array.from(lanes, ({query}) => query.distance),
      {limit, signal},
    );
    evaluations += lanes.length;
    const kept: Lane[] = [];
    for (const [slot, lane] of lanes.entries()) {
      const step = lane.search.next(at(losses, slot));
      if (step.done) {
        onRay(lane.index, step.value);
        continue;
      }
      lane.query = step.value;
      if (kept.length < slot) row(kept.length).set(row(slot));
      kept.push(lane);
    }
    const finished = lanes.length - kept.length;
    for (let free = finished; free > 0 && admitted < directions; free--) {
      kept.push(admit(kept.length, from + admitted));
      admitted += 1;
    }
    lanes = kept;
    if (finished > 0) onProgress?.(admitted - lanes.length, directions);
  }
  return evaluations;
}
