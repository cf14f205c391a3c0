/** Perceptrons with ReLUs in plain loops and float64, and cases to compare kernels with them on. */
import * as fc from 'fast-check';

export interface MlpCase {
  readonly networks: number;
  readonly rows: number;
  readonly widths: readonly number[];
  readonly ownInputs: boolean;
  readonly seed: number;
}

export const mlpCases: fc.Arbitrary<MlpCase> = fc.record({
  networks: fc.integer({min: 1, max: 4}),
  // Up to three blocks of rows, so that sums go on from block to block.
  rows: fc.oneof(fc.integer({min: 1, max: 23}), fc.integer({min: 58, max: 130})),
  widths: fc.array(fc.integer({min: 1, max: 19}), {minLength: 2, maxLength: 5}),
  ownInputs: fc.boolean(),
  seed: fc.integer({min: 1, max: 1e6}),
});

export function parametersOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + ((widths[i] ?? 0) + 1) * width, 0);
}

/** Deterministic numbers in −1 .. 1. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({length: count}, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** The largest difference as a share of the largest expected number, or of 1. */
export function largestShare(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? Number.NaN) - value))) / scale;
}

export interface MlpReference {
  /** `[rows, outputs]`. */
  readonly logits: readonly number[];
  /** Of Σ dy · logits by the parameters. */
  readonly gradient: Float64Array;
  /** How near each row comes to a kink: the least magnitude among what its ReLUs are given. */
  readonly margins: readonly number[];
}

/** One network, in float64 and plain loops; dy is `[rows, outputs]`. */
export function reference(
  theta: ArrayLike<number>,
  inputs: Float32Array,
  dy: ArrayLike<number>,
  widths: readonly number[],
  rows: number,
): MlpReference {
  const gradient = new Float64Array(theta.length);
  const logits: number[] = [];
  const margins: number[] = [];
  for (let row = 0; row < rows; row++) {
    const layers: number[][] = [[...inputs.subarray(row * (widths[0] ?? 0), (row + 1) * (widths[0] ?? 0))]];
    const offsets: number[] = [];
    let margin = Infinity;
    let at = 0;
    for (let layer = 0; layer + 1 < widths.length; layer++) {
      const [fanIn = 0, fanOut = 0] = [widths[layer], widths[layer + 1]];
      offsets.push(at);
      const x = layers[layer] ?? [];
      const y = Array.from({length: fanOut}, (_, o) => {
        let sum = theta[at + fanIn * fanOut + o] ?? 0;
        for (let i = 0; i < fanIn; i++) sum += (x[i] ?? 0) * (theta[at + i * fanOut + o] ?? 0);
        if (layer + 2 === widths.length) return sum;
        margin = Math.min(margin, Math.abs(sum));
        return Math.max(0, sum);
      });
      layers.push(y);
      at += fanIn * fanOut + fanOut;
    }
    margins.push(margin);
    const outputs = layers.at(-1) ?? [];
    logits.push(...outputs);
    let slope = outputs.map((_, o) => dy[row * outputs.length + o] ?? 0);
    for (let layer = widths.length - 2; layer >= 0; layer--) {
      const [fanIn = 0, fanOut = 0, start = 0] = [widths[layer], widths[layer + 1], offsets[layer]];
      const x = layers[layer] ?? [];
      const back = x.map(() => 0);
      for (let o = 0; o < fanOut; o++) {
        const d = slope[o] ?? 0;
        const bias = start + fanIn * fanOut + o;
        gradient[bias] = (gradient[bias] ?? 0) + d;
        for (let i = 0; i < fanIn; i++) {
          const index = start + i * fanOut + o;
          gradient[index] = (gradient[index] ?? 0) + d * (x[i] ?? 0);
          back[i] = (back[i] ?? 0) + d * (theta[index] ?? 0);
        }
      }
      slope = back.map((value, i) => ((x[i] ?? 0) > 0 ? value : 0));
    }
  }
  return {logits, gradient, margins};
}

/** −weight · target · sigmoid(−target · logit): slopes of Σ weight · softplus(−target · logit) by the logits. */
export function logisticSlopes(
  logits: readonly number[],
  targets: Float32Array,
  weights: Float32Array,
): Float64Array {
  return Float64Array.from(logits, (z, i) => {
    const [target = 0, weight = 0] = [targets[i], weights[i]];
    return (-weight * target) / (1 + Math.exp(target * z));
  });
}
