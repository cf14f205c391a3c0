import {InputError, checkWord, createGenerator} from '@minefield/core';
import {type HessianOperator, hessianOperator} from '../curvature/hessian-operator.ts';
import {type Coordinates, rawCoordinates, relativeCoordinates} from '../directions/coordinates.ts';
import type {MeasureOptions, Subject} from './subject.ts';

export type CoordinatesName = 'relative' | 'raw';

/** Relative where the subject is a network, whose filters have lengths; else raw. */
export function defaultCoordinates({objective}: Subject): CoordinatesName {
  return objective.layout ? 'relative' : 'raw';
}

/** @throws {InputError} when a subject without filters is asked for relative coordinates, or no weight can move */
export function coordinatesOf({objective, anchor}: Subject, name: CoordinatesName): Coordinates {
  checkWord('landscape.coordinatesOf', 'coordinates', name, ['relative', 'raw']);
  if (name === 'raw') return rawCoordinates(anchor.length);
  if (objective.layout) return relativeCoordinates(anchor, objective.layout);
  throw new InputError(
    'landscape.coordinatesOf: expected a network for relative coordinates, got an objective without filters; take raw ones',
  );
}

/**
 * Hessian-vector products at the anchor, checked on single examples where the subject has examples, and on other minibatches
 * where it names some and single ones do not confirm them.
 */
export async function operatorOf(
  {objective, anchor, checkOn, orCheckOn, known}: Subject,
  coordinates: Coordinates,
  {seed, signal, trustProducts = false}: MeasureOptions,
): Promise<HessianOperator> {
  const checkedOn = (batches: readonly Uint32Array[] | undefined, trust: boolean): Promise<HessianOperator> =>
    hessianOperator(objective, anchor, {
      generator: createGenerator(seed, 'measure', 'operator'),
      coordinates,
      ...(batches && {checkOn: batches}),
      // Where the Hessian is 0 no relative disagreement is small: a closed form is taken at its word there.
      ...(known && known.eigenvalues.every((value) => value === 0) && {tolerance: 1}),
      ...(trust && {onMismatch: 'trust' as const}),
      signal,
    });
  if (!orCheckOn) return checkedOn(checkOn, trustProducts);
  try {
    return await checkedOn(checkOn, false);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return checkedOn(orCheckOn, trustProducts);
  }
}
