/** Distances in the space of the weights, as the records of `search` have them. */

/** Euclidean, of `[P]`. */
export function lengthOf(theta: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < theta.length; i++) sum += (theta[i] as number) ** 2;
  return Math.sqrt(sum);
}

/** Euclidean, between two of `[P]`. */
export function distanceOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(sum);
}
