import type {Objective} from '@minefield/core';
import type {Rays} from '../src/directions/rays.ts';

/** Loss |x| ↦ f(|x|) on the line, along the two rays +1 and −1 in turn. */
export function onTheLine(f: (x: number) => number): {objective: Objective; rays: Rays} {
  return {
    objective: {
      dimension: 1,
      preferredBatch: 4,
      loss: (thetas) => Promise.resolve(Float64Array.from(thetas, f)),
      lossAlong: (anchor, rays, distances) =>
        Promise.resolve(distances.map((distance, k) => f((anchor[0] ?? 0) + distance * (rays[k] ?? 0)))),
    },
    rays: {
      parameters: 1,
      dimension: 1,
      logDeterminant: 0,
      fillInto: (out, index) => void out.fill(index % 2 === 0 ? 1 : -1),
    },
  };
}

export const origin: Float32Array = new Float32Array(1);
