/** How far an estimate of a volume can be trusted. */
export type Verdict = 'reliable' | 'lower bound' | 'unreliable' | 'unbounded';

/** A volume with everything needed to judge it. Logarithms are natural; null stands for what is not finite. */
export interface VolumeEstimate {
  readonly logVolume: number | null;
  /** Of the logarithm, from the spread of the sample; far too small where a rare direction carries the volume. Null for one. */
  readonly standardError: number | null;
  /**
   * log V is at least this with 95% confidence, whatever the spread: Markov's inequality on an unbiased estimate of V,
   * with room for the tolerance of the radii.
   */
  readonly lowerBound: number | null;
  /** (Σ w)² / Σ w² for each direction's share w of the estimate. */
  readonly effectiveSampleSize: number;
  /** Share of the estimate that its largest direction carries. */
  readonly largestWeight: number;
  /** The estimate from the first half of the directions. */
  readonly logVolumeAtHalf: number | null;
  /** Directions that met no cutoff before the maximum radius. */
  readonly censored: number;
  readonly directions: number;
  /** n · mean(log r) + log ω_n: biased low, but stable. Null where it has no meaning. */
  readonly stableLogVolume: number | null;
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
}

export interface Evidence {
  /** log of each direction's unbiased estimate. */
  readonly logTerms: Float64Array;
  readonly censored: number;
  /** Directions that end where the loss stops being a number. */
  readonly undefinedRays: number;
  /** Whether the censored directions' missing part is known to be negligible. */
  readonly censoringNegligible?: boolean;
  /** Error of a log term that the radii's tolerance allows, in nats. */
  readonly termError: number;
  readonly stableLogVolume: number | null;
  /** Whether the rays were fixed before they were followed. */
  readonly independent: boolean;
  readonly unbounded: boolean;
  readonly dimension: number;
}
