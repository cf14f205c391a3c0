/** How a network does on points in two classes. */
export interface Outcome {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Share of 1. */
  readonly accuracy: number;
}

/** @param logits log-odds of class 1 at each point, `[n]` @param labels 0 or 1, `[n]` */
export function outcomeOf(logits: ArrayLike<number>, labels: ArrayLike<number>): Outcome {
  let [loss, right] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const odds = labels[i] === 1 ? (logits[i] as number) : -(logits[i] as number);
    // log(1 + exp(−odds)), which neither overflows nor loses a small loss.
    loss += Math.max(0, -odds) + Math.log1p(Math.exp(-Math.abs(odds)));
    // As the records count: log-odds of 0 are class 0.
    if ((logits[i] as number) > 0 === (labels[i] === 1)) right++;
  }
  return {loss: loss / labels.length, accuracy: right / labels.length};
}
