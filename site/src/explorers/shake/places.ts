/** Places of the distance slider, and the relative distances that they stand for. */

export type DistanceScale = 'log' | 'linear';

/** Places above 0: eight seconds at sixty a second. */
export const STEPS = 480;
/** Every how many places the curves are measured. */
const MEASURED = 8;
/** Smallest and largest distance of the logarithmic scale. */
export const REACH = {log: [2e-3, 10 ** 1.5], linear: [0, 12]} as const;

/** The relative distance at a place, 0 at 0. */
export function distanceAt(place: number, scale: DistanceScale): number {
  const [from, to] = REACH[scale];
  if (scale === 'linear') return (to * place) / STEPS;
  return place === 0 ? 0 : from * (to / from) ** ((place - 1) / (STEPS - 1));
}

/** Those at which the curves are measured. */
export function measuredDistances(scale: DistanceScale): readonly number[] {
  return Array.from({length: STEPS / MEASURED + 1}, (_, i) => distanceAt(i * MEASURED, scale));
}

/** Where a distance stands on an axis: a logarithmic one has no 0. */
export function onAxis(distance: number, scale: DistanceScale): number {
  return Math.max(REACH[scale][0], distance);
}
