import {at, InputError} from '@minefield/core';

/** What estimates from radii are told beside them. */
interface ToldOfRadii {
  readonly logDeterminant: number;
  readonly maximum: number | undefined;
  readonly tolerance: number;
  readonly undefinedRays: number;
}

/** @throws {InputError} naming the caller, where a radius, or what an estimate is told of the radii, makes no sense */
export function checkEstimate(caller: string, radii: ArrayLike<number>, told: ToldOfRadii): void {
  const {logDeterminant, maximum, tolerance, undefinedRays} = told;
  const wrong = (expected: string, got: string): InputError =>
    new InputError(`landscape.${caller}: expected ${expected}, got ${got}`);
  if (radii.length === 0) throw wrong('at least one radius', 'none');
  if (!Number.isFinite(logDeterminant)) throw wrong('a finite log determinant', `${logDeterminant}`);
  if (maximum !== undefined && !(maximum > 0 && maximum < Infinity)) {
    throw wrong('a finite maximum > 0', `${maximum}`);
  }
  if (!(tolerance >= 0 && tolerance < Infinity)) throw wrong('a finite tolerance >= 0', `${tolerance}`);
  if (!Number.isInteger(undefinedRays) || undefinedRays < 0) {
    throw wrong('a whole number of undefinedRays >= 0', `${undefinedRays}`);
  }
  for (let i = 0; i < radii.length; i++) {
    const radius = at(radii, i);
    if (!(radius >= 0)) throw wrong('radii >= 0', `${radius}`);
    if (radius === Infinity) {
      if (maximum === undefined) throw wrong('a maximum beside censored radii', 'none');
    } else if (maximum !== undefined && radius > maximum) {
      throw wrong('finite radii up to the maximum', `${radius} beyond ${maximum}`);
    }
  }
}
