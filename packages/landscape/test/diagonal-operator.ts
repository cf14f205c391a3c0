import {type HessianOperator, rawCoordinates} from '../src/index.ts';

/** A diagonal matrix in float64. */
export function diagonal(spectrum: ArrayLike<number>): HessianOperator {
  const values = Float64Array.from(spectrum);
  const operator: HessianOperator = {
    parameters: values.length,
    coordinates: rawCoordinates(values.length),
    method: 'exact',
    selfCheck: 0,
    step: null,
    apply: (vector) => Promise.resolve(values.map((value, i) => value * (vector[i] ?? 0))),
    at: () => operator,
    withStep: () => operator,
  };
  return operator;
}
