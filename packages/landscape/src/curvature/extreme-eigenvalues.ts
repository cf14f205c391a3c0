import {checkCount} from '../check-input.ts';
import {searchEigenpairs, type Eigenpair, type SearchReport} from './eigenpair-search.ts';
import type {EigenvalueOptions} from './eigenvalue-options.ts';
import type {HessianOperator} from './hessian-operator.ts';

export interface ExtremeEigenvalues extends SearchReport {
  readonly largest: Eigenpair;
  /** Algebraically smallest: the most negative curvature where there is any. */
  readonly smallest: Eigenpair;
}

/**
 * Both ends of the Hessian's spectrum by Lanczos with full reorthogonalisation; signs are kept, and what ends the search
 * is the residual of each end against its own value, not a value that has stopped moving nor a residual that is small against
 * the other end: the smaller end of a minimum is often a ten-thousandth of the larger one. Parameters that do not move take no part.
 *
 * `errorBound` is to the nearest eigenvalue. That this is the outermost no search by products can prove; from a random start,
 * Lanczos misses it with negligible probability.
 *
 * Where products are central differences, their step is checked on the eigenvectors found, and the search made again where it was
 * too wide for them; values are then right to about 0.1% of the spectrum's size, which may be far more than 0.1% of the smaller end:
 * `errorBound` says what is left, and `converged` is false where they never settle.
 *
 * Memory: `maximumSteps` vectors of P float64.
 */
export async function extremeEigenvalues(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<ExtremeEigenvalues> {
  const {pairs, ...search} = await searchEigenpairs('extremeEigenvalues', operator, options, (steps) => [
    steps - 1,
    0,
  ]);
  const [largest, smallest = largest] = pairs;
  return {largest, smallest, ...search};
}

/** The algebraically largest eigenvalue alone: as {@link extremeEigenvalues}, but stops as soon as that end is found. */
export async function largestEigenvalue(
  operator: HessianOperator,
  options: EigenvalueOptions,
): Promise<Eigenpair & SearchReport> {
  const {pairs, ...search} = await searchEigenpairs('largestEigenvalue', operator, options, (steps) => [
    steps - 1,
  ]);
  return {...pairs[0], ...search};
}

export interface LeadingEigenpairs extends SearchReport {
  /** By falling eigenvalue. Fewer than asked for where the Hessian has fewer distinct ones. */
  readonly pairs: readonly Eigenpair[];
}

/**
 * The algebraically largest eigenvalues and their vectors, for directions along which a minimum is sharpest. An eigenvalue
 * that occurs several times is found once.
 */
export async function leadingEigenpairs(
  operator: HessianOperator,
  count: number,
  options: EigenvalueOptions,
): Promise<LeadingEigenpairs> {
  checkCount('leadingEigenpairs', 'a count', count);
  return searchEigenpairs('leadingEigenpairs', operator, options, (steps) =>
    Array.from({length: Math.min(count, steps)}, (_, i) => steps - 1 - i),
  );
}
