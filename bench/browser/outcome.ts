/** What the program in the page measures. */
export const PROGRAM: URL = new URL('program.ts', import.meta.url);

/** Times a second. */
export interface Speeds {
  readonly ours: number;
  readonly peer: number;
}

export interface BadMinimum {
  readonly seed: number;
  readonly steps: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Whether train ≥ 99% and test ≤ 15%. */
  readonly bad: boolean;
  readonly threadSeconds: number;
  /** By the clock. */
  readonly seconds: number;
}

export interface Outcome {
  readonly boundary: Speeds;
  readonly training: Speeds;
  readonly minima: readonly BadMinimum[];
}
