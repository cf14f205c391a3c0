import {at} from '@minefield/core';
import {bytesOf} from './numbers.ts';

/** Rays as a request names them. */
export interface KeptRays {
  /** For each ray, the row of the evaluator's table that holds it, `[K]`. */
  readonly rows: Uint32Array;
  /** Rows that are written anew, `[m]`, */
  readonly freshRows: Uint32Array;
  /** and what is written there, `[m, P]`. */
  readonly fresh: Float32Array;
}

/**
 * What an evaluator keeps: an anchor, and rays in numbered rows. A search along many rays looks at each of them dozens of times,
 * and then only a distance travels. They are known by their bytes, whatever array they come in.
 */
export class RayTable {
  readonly #dimension: number;
  readonly #rays: (Float32Array | undefined)[];
  #anchor: Float32Array | undefined;

  /** @param capacity most rays of one request */
  constructor(dimension: number, capacity: number) {
    this.#dimension = dimension;
    this.#rays = Array.from({length: capacity}, () => undefined);
  }

  /** @returns whether the evaluator does not have this anchor yet; from now on it does */
  keepAnchor(anchor: Float32Array): boolean {
    if (this.#anchor !== undefined && bytesOf(anchor).equals(bytesOf(this.#anchor))) return false;
    this.#anchor = anchor.slice();
    return true;
  }

  /** Finds a row for each ray; those that have none yet are given rows that no other ray of the request is in. */
  keepRays(rays: Float32Array): KeptRays {
    const parameters = this.#dimension;
    const views = Array.from({length: rays.length / parameters}, (_, k) =>
      rays.subarray(k * parameters, (k + 1) * parameters),
    );
    // Rays stay where they are, or move to the front as others are finished: the search starts at the same place.
    const found = views.map((ray, k) => this.#find(ray, k));
    const taken = new Set(found);
    const free = Array.from(this.#rays.keys()).filter((row) => !taken.has(row));
    const freshRows: number[] = [];
    const fresh: Float32Array[] = [];
    const rows = found.map((row, k) => {
      if (row !== undefined) return row;
      const next = at(free, freshRows.length);
      const ray = at(views, k).slice();
      this.#rays[next] = ray;
      freshRows.push(next);
      fresh.push(ray);
      return next;
    });
    return {
      rows: Uint32Array.from(rows),
      freshRows: Uint32Array.from(freshRows),
      fresh: joined(fresh, parameters),
    };
  }

  #find(ray: Float32Array, from: number): number | undefined {
    const bytes = bytesOf(ray);
    const count = this.#rays.length;
    for (let step = 0; step < count; step++) {
      const row = (from + step) % count;
      const kept = this.#rays[row];
      if (kept !== undefined && bytes.equals(bytesOf(kept))) return row;
    }
    return undefined;
  }
}

function joined(rows: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(rows.length * length);
  rows.forEach((row, k) => all.set(row, k * length));
  return all;
}
