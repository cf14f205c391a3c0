import type {CancelSignal, Objective, OptionKeys} from '@minefield/core';

/** What a measurement from the command line looks at: an objective, a point of it, and what is known of the answers. */
export interface Subject {
  /** In words, such as `quadratic, 50 dimensions`. */
  readonly name: string;
  readonly objective: Objective;
  /** The point measured about, `[P]`. */
  readonly anchor: Float32Array;
  /** Examples that the loss averages over; null where it has none. */
  readonly examples: number | null;
  /** Minibatches on which Hessian-vector products are checked; `singleExamples` makes some. */
  readonly checkOn?: readonly Uint32Array[];
  /** Minibatches that may confirm products where those of `checkOn` do not. */
  readonly orCheckOn?: readonly Uint32Array[];
  /** Closed forms. */
  readonly known?: KnownAnswers;
  /** How near the anchor lies to where the loss has no second derivative; null where that cannot be told. */
  readonly nearestKink?: (signal: CancelSignal | undefined) => Promise<Kink | null>;
  /** What a reader should know of how the subject was put together. */
  readonly notes: readonly string[];
  /** Ends what evaluates it, where that is a program of its own. */
  readonly close?: () => Promise<void>;
}

/** How near a network lies to a kink of its loss, as `nearestKinks` of `@minefield/models` has it. */
export interface Kink {
  /** Smallest |pre-activation|, as a share of the root mean square of its layer; NaN where one is not finite. */
  readonly distance: number;
  /** Pairs of a unit and an example that are as good as at a kink. */
  readonly closePairs: number;
  readonly pairs: number;
}

/** How a learning coefficient is sampled, as far as closed forms ask. */
export interface Sampling {
  readonly inverseTemperature: number;
  readonly localization: number;
  /** 0 where the sampler's step causes no bias. */
  readonly stepSize: number;
}

/** Closed forms of an analytic objective; null where none is known. */
export interface KnownAnswers {
  /** `Infinity` where {loss ≤ cutoff} is unbounded. */
  logVolume(cutoff: number): number;
  logGaussianMass(cutoff: number, deviation: number): number | null;
  /** Of the Hessian at the anchor, which is diagonal; `[P]`. */
  readonly eigenvalues: Float32Array;
  learningCoefficient(sampling: Sampling): number | null;
  /** Steepness that Langevin chains meet where the Hessian, being 0, does not tell it; null where it does. */
  stiffness(inverseTemperature: number): number | null;
}

/** The keys of {@link MeasureOptions}, for the checks of those that have more. */
export const MEASURE_KEYS: OptionKeys<MeasureOptions> = {
  seed: true,
  trustProducts: true,
  signal: true,
  onProgress: true,
};

/** What every measurement takes besides its own settings. */
export interface MeasureOptions {
  /** Everything random is drawn from streams of it. */
  readonly seed: number;
  /**
   * Takes the subject's own Hessian-vector products at their word where central differences do not confirm them, as at kinks of
   * ReLUs. Default false: an error.
   */
  readonly trustProducts?: boolean | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Receives the done fraction, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}
