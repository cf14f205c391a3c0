import type {HessianOperator} from './hessian-operator.ts';
import {overProducts} from './in-batches.ts';
import {checkProbeOptions, type ProbeOptions} from './random-probes.ts';
import {RunningMean} from './running-mean.ts';

export interface DiagonalEstimate {
  /** Estimate of each diagonal entry of S H S, `[P]`; 0 where the coordinates rest. */
  readonly diagonal: Float64Array;
  /** Of each entry; Infinity for one sample. */
  readonly standardError: Float64Array;
  readonly samples: number;
}

/**
 * The Hessian's diagonal by Hutchinson's method: the mean of z ∘ Hz over vectors z of random signs. What
 * {@link preconditionerFrom} wants.
 *
 * Source: Bekas, Kokiopoulou & Saad 2007.
 */
export async function hessianDiagonal(
  operator: HessianOperator,
  options: ProbeOptions,
): Promise<DiagonalEstimate> {
  checkProbeOptions('hessianDiagonal', options);
  const entries = Array.from({length: operator.parameters}, () => new RunningMean());
  await overProducts('hessianDiagonal', operator, options, (probe, product) => {
    entries.forEach((entry, i) => entry.add((probe[i] ?? 0) * (product[i] ?? 0)));
  });
  return {
    diagonal: Float64Array.from(entries, ({mean}) => mean),
    standardError: Float64Array.from(entries, ({standardError}) => standardError),
    samples: options.samples,
  };
}
