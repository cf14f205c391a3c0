import {at, type CancelSignal, checkOptions, InputError, InternalError} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';
import {searchEigenpairs} from './eigenpair-search.ts';
import {lanczos, ritz} from './lanczos.ts';
import type {HessianOperator} from './hessian-operator.ts';
import {inBatches} from './in-batches.ts';
import {type ProbeOptions, rademacherProbe} from './random-probes.ts';
import type {SymmetricEigen} from './tridiagonal-eigen.ts';

export interface DensityOptions extends ProbeOptions {
  /** Lanczos steps a probe. */
  readonly steps: number;
}

/** A spectrum as weighted points: the share of the eigenvalues near each. */
export interface SpectralQuadrature {
  readonly nodes: Float64Array;
  /** Sum to 1. */
  readonly weights: Float64Array;
  /** Parameters that move: how many eigenvalues there are. */
  readonly dimension: number;
}

/**
 * The Hessian's spectral density by stochastic Lanczos quadrature: for each random vector, the Ritz values of m steps of
 * Lanczos, weighted by the squares of their vectors' first components. Integrates polynomials up to degree 2m − 1 exactly
 * for each vector. Where products are central differences, their step is first checked on the vectors of both ends of the
 * spectrum, which the density shows and random vectors hardly contain: that costs up to `steps` products more, or a few times that
 * where the step was too wide.
 *
 * Memory: `steps` vectors of P float64 for each of the probes that the operator's `preferredBatch` puts together.
 *
 * Source: Ghorbani, Krishnan & Xiao 2019, algorithm 1; Golub & Welsch 1969.
 */
export async function spectralQuadrature(
  operator: HessianOperator,
  options: DensityOptions,
): Promise<SpectralQuadrature> {
  checkOptions('landscape.spectralQuadrature', options, {
    generator: true,
    samples: true,
    steps: true,
    signal: true,
    onProgress: true,
  });
  const {generator, steps, samples, signal} = options;
  checkGenerator('spectralQuadrature', generator);
  checkCount('spectralQuadrature', 'samples', samples);
  checkCount('spectralQuadrature', 'steps', steps);
  const used = await atSettledStep(operator, options);
  const nodes: number[] = [];
  const weights: number[] = [];
  const draw = (i: number): Float64Array =>
    rademacherProbe(operator.coordinates, generator.derive('probe', i));
  await inBatches(
    used,
    options,
    draw,
    (probe) => ritzOf(used, probe, steps, signal),
    (_, {values, vectors}) => {
      nodes.push(...values);
      values.forEach((__, k) => weights.push(at(vectors, k) ** 2 / samples));
    },
  );
  return {
    nodes: Float64Array.from(nodes),
    weights: Float64Array.from(weights),
    dimension: operator.coordinates.dimension,
  };
}

/** Ritz values and vectors after so many steps of Lanczos, or as many as there are. */
async function ritzOf(
  operator: HessianOperator,
  start: Float64Array,
  steps: number,
  signal: CancelSignal | undefined,
): Promise<SymmetricEigen> {
  for await (const state of lanczos(operator, start, {signal})) {
    if (state.diagonal.length >= steps || state.offDiagonal.at(-1) === 0) return ritz(state);
  }
  throw new InternalError('landscape.spectralQuadrature: Lanczos ended without a state; this is a bug');
}

/** The operator with a step that is narrow enough for both ends of its spectrum; itself where products are exact. */
async function atSettledStep(
  operator: HessianOperator,
  {generator, steps, signal}: DensityOptions,
): Promise<HessianOperator> {
  if (operator.step === null) return operator;
  const search = {generator: generator.derive('ends'), maximumSteps: steps, signal};
  const {step} = await searchEigenpairs('spectralQuadrature', operator, search, (count) => [count - 1, 0]);
  return operator.withStep(step ?? operator.step);
}

/**
 * The density at each of `values`, each point of the quadrature smeared into a Gaussian; integrates to 1.
 *
 * @param width standard deviation of the Gaussian, > 0: below the resolution of the nodes the curve shows single ones
 */
export function smoothedDensity(
  {nodes, weights}: SpectralQuadrature,
  values: ArrayLike<number>,
  width: number,
): Float64Array {
  if (!(width > 0)) throw new InputError(`landscape.smoothedDensity: expected a width > 0, got ${width}`);
  return Float64Array.from(values, (value) => {
    let density = 0;
    nodes.forEach((node, k) => {
      density += (weights[k] ?? 0) * Math.exp(-(((value - node) / width) ** 2) / 2);
    });
    return density / (width * Math.sqrt(2 * Math.PI));
  });
}
