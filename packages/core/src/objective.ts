/**
 * What every analysis looks at: a scalar loss over flat parameter vectors. A network on a data set is one; so is a
 * quadratic bowl whose volume is known in closed form.
 */
import type {ParameterLayout} from './parameter-layout.ts';

/** What long work asks whether to stop; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** @throws the reason, once aborted */
  throwIfAborted(): void;
}

export interface EvaluationOptions {
  /** A result above `limit` may be any number above it: "exceeds" is all it then means (the exact early exit). */
  readonly limit?: number;
  /** Indices of the examples to average over; all where absent. */
  readonly examples?: Uint32Array;
  readonly signal?: CancelSignal | undefined;
}

export interface Objective {
  /** Number of parameters P. */
  readonly dimension: number;
  readonly layout?: ParameterLayout;
  /** How many parameter vectors one call evaluates most efficiently. */
  readonly preferredBatch?: number;
  /** Loss of each of K parameter vectors, `thetas` being `[K, P]` row-major. */
  loss(thetas: Float32Array, options?: EvaluationOptions): Promise<Float64Array>;
  /**
   * Loss at `anchor + distances[k] · rays[k]`, made where the data is. `anchor` is `[P]`, `rays` `[K, P]`,
   * `distances` `[K]`.
   */
  lossAlong?(
    anchor: Float32Array,
    rays: Float32Array,
    distances: Float64Array,
    options?: EvaluationOptions,
  ): Promise<Float64Array>;
  /** Gradient at one point, `[P]`. */
  gradient?(theta: Float32Array, options?: EvaluationOptions): Promise<Float32Array>;
  /** Hessian-vector product at one point, `[P]`. */
  hessianVector?(
    theta: Float32Array,
    vector: Float32Array,
    options?: EvaluationOptions,
  ): Promise<Float32Array>;
  /**
   * The same of K vectors at one point, `[K, P]`, where that costs less than one by one: each with the bits that it has alone.
   * Whoever can use several takes all products from it.
   */
  hessianVectors?(
    theta: Float32Array,
    vectors: Float32Array,
    options?: EvaluationOptions,
  ): Promise<Float32Array>;
  /** Class log-probabilities of each example, `[K, examples, classes]`, for cutoffs on the Kullback–Leibler divergence. */
  predictions?(thetas: Float32Array, options?: EvaluationOptions): Promise<Float32Array>;
}

/** Labels points in input space, for margins. */
export interface Classifier {
  /** Dimension d of one input. */
  readonly dimension: number;
  readonly classes: number;
  /**
   * Logits of `inputs`, `[n, d]`: `[n, classes]`, or `[n, 1]` for a network of two classes that gives the log-odds of
   * class 1.
   */
  logits(inputs: Float32Array): Promise<Float32Array>;
  /** Gradient of column `index[i]` of the logits of input i with respect to that input, `[n, d]`. */
  inputGradient?(inputs: Float32Array, index: Uint32Array): Promise<Float32Array>;
}
