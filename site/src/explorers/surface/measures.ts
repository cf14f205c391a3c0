/** What a network is worth, from its log-odds. */

/** Mean cross-entropy in nats. @param logits of class 1, `[n]` @param labels 0 or 1 */
export function crossEntropyOf(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const against = labels[i] === 1 ? -(logits[i] as number) : (logits[i] as number);
    sum += Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against)));
  }
  return sum / labels.length;
}

/** Share of points on the right side; the edge belongs to class 0. */
export function accuracyOf(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if ((logits[i] as number) > 0 === (labels[i] === 1)) right += 1;
  return right / labels.length;
}

/** θ + a · first + b · second, `[P]`. */
export function movedIn(
  theta: Float32Array,
  {first, second}: {readonly first: Float32Array; readonly second: Float32Array},
  a: number,
  b: number,
): Float32Array {
  return theta.map((value, i) => value + a * (first[i] as number) + b * (second[i] as number));
}
