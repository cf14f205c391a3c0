import type {EvaluationOptions, Objective} from '@minefield/core';

/** An objective whose basin volumes are known in closed form; what every estimator here is tested against. */
export interface AnalyticObjective extends Objective {
  /** Where the loss is least, `[P]`. */
  readonly minimum: Float32Array;
  /** log volume of {loss ≤ cutoff}; `Infinity` where that set is unbounded. */
  logVolume(cutoff: number): number;
  /** log of the mass of {loss ≤ cutoff} under N(0, deviation²) in each coordinate, where it is known. */
  logGaussianMass?(cutoff: number, deviation: number): number;
  lossAlong(
    anchor: Float32Array,
    rays: Float32Array,
    distances: Float64Array,
    options?: EvaluationOptions,
  ): Promise<Float64Array>;
  gradient(theta: Float32Array, options?: EvaluationOptions): Promise<Float32Array>;
  hessianVector(
    theta: Float32Array,
    vector: Float32Array,
    options?: EvaluationOptions,
  ): Promise<Float32Array>;
}

/** One coordinate's share of a separable loss: a function of the offset x from the minimum, and its derivatives. */
export interface SeparableTerms {
  value(index: number, x: number): number;
  slope(index: number, x: number): number;
  curvature(index: number, x: number): number;
}

type Evaluations = Pick<
  AnalyticObjective,
  'dimension' | 'preferredBatch' | 'minimum' | 'loss' | 'lossAlong' | 'gradient' | 'hessianVector'
>;

/** Loss Σ value(i, θ_i − minimum_i) in float64, whatever `examples` says: it has none. */
export function separableObjective(minimum: Float32Array, terms: SeparableTerms): Evaluations {
  const dimension = minimum.length;
  const offset = (theta: Float32Array, index: number): number =>
    (theta[index] ?? Number.NaN) - (minimum[index] ?? 0);
  return {
    dimension,
    preferredBatch: 64,
    minimum,
    loss(thetas) {
      const losses = new Float64Array(thetas.length / dimension);
      for (let k = 0; k < losses.length; k++) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          sum += terms.value(i, (thetas[k * dimension + i] ?? Number.NaN) - (minimum[i] ?? 0));
        }
        losses[k] = sum;
      }
      return Promise.resolve(losses);
    },
    lossAlong(anchor, rays, distances) {
      const losses = distances.map((distance, k) => {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          sum += terms.value(i, offset(anchor, i) + distance * (rays[k * dimension + i] ?? Number.NaN));
        }
        return sum;
      });
      return Promise.resolve(losses);
    },
    gradient: (theta) => Promise.resolve(theta.map((_, i) => terms.slope(i, offset(theta, i)))),
    hessianVector: (theta, vector) =>
      Promise.resolve(vector.map((entry, i) => terms.curvature(i, offset(theta, i)) * entry)),
  };
}
