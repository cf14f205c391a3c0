import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {RayTable} from './ray-table.ts';

const CAPACITY = 4;

/** What an evaluator has in its rows after a request, and what that makes of the request's rays. */
function evaluatorOf(dimension: number): (kept: ReturnType<RayTable['keepRays']>) => number[] {
  const rows = new Float32Array(CAPACITY * dimension).fill(Number.NaN);
  return ({rows: named, freshRows, fresh}) => {
    freshRows.forEach((row, j) =>
      rows.set(fresh.subarray(j * dimension, (j + 1) * dimension), row * dimension),
    );
    return Array.from(named).flatMap((row) =>
      Array.from(rows.subarray(row * dimension, (row + 1) * dimension)),
    );
  };
}

it('names, for any requests one after another, rows that hold their very rays', () => {
  // Few different numbers, so that rays come again, twice in a request too.
  const ray = fc.tuple(fc.constantFrom(0, -0, 1), fc.constantFrom(0, 1, 2));
  fc.assert(
    fc.property(fc.array(fc.array(ray, {minLength: 1, maxLength: CAPACITY})), (requests) => {
      const [table, seen] = [new RayTable(2, CAPACITY), evaluatorOf(2)];
      for (const rays of requests) {
        const sent = Float32Array.from(rays.flat());
        expect(seen(table.keepRays(sent))).toEqual(Array.from(sent));
      }
    }),
  );
});

it('sends a ray once, though its array is written over and it moves to the front', () => {
  const table = new RayTable(2, CAPACITY);
  const rays = Float32Array.of(1, 1, 2, 2, 3, 3);
  expect(Array.from(table.keepRays(rays).fresh)).toEqual([1, 1, 2, 2, 3, 3]);
  // The second is finished; the third takes its place, and another comes.
  rays.set([3, 3, 4, 4], 2);
  const {rows, freshRows, fresh} = table.keepRays(rays);
  expect(Array.from(fresh)).toEqual([4, 4]);
  expect(Array.from(rows)).toEqual([0, 2, ...freshRows]);
  expect(table.keepRays(rays).fresh).toHaveLength(0);
});

it('knows an anchor by its numbers', () => {
  const table = new RayTable(2, CAPACITY);
  const anchor = Float32Array.of(1, 2);
  expect([table.keepAnchor(anchor), table.keepAnchor(anchor.slice())]).toEqual([true, false]);
  anchor[1] = 3;
  expect(table.keepAnchor(anchor)).toBe(true);
});
