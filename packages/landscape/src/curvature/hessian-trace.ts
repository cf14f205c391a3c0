import {type ParameterLayout, InputError, at} from '@minefield/core';
import {addScaledInto, dot, norm} from '../directions/vectors.ts';
import {finiteProduct} from './symmetric-operator.ts';
import type {HessianOperator} from './hessian-operator.ts';
import {inBatches, overProducts} from './in-batches.ts';
import {checkProbeOptions, rademacherProbe, type ProbeOptions} from './random-probes.ts';
import {RunningMean} from './running-mean.ts';
import {settledCurvature} from './settled-curvature.ts';

export interface TraceEstimate {
  readonly trace: number;
  /** From the spread over the probes; Infinity for one. */
  readonly standardError: number;
}

export interface LayerTrace extends TraceEstimate {
  /** Of the slice. */
  readonly name: string;
}

/**
 * Trace by Hutchinson's method: the mean of zᵀHz over vectors of random signs. One product a sample. (The step of an operator that
 * makes products by differences was chosen on a random vector, and is right for these.)
 */
export async function hutchinsonTrace(
  operator: HessianOperator,
  options: ProbeOptions,
): Promise<TraceEstimate> {
  checkProbeOptions('hutchinsonTrace', options);
  const traces = new RunningMean();
  await overProducts('hutchinsonTrace', operator, options, (probe, product) => {
    traces.add(dot(probe, product));
  });
  return {trace: traces.mean, standardError: traces.standardError};
}

/** Traces of the Hessian's diagonal blocks, one for each slice of the layout, from the same products as the whole trace. */
export async function layerTraces(
  operator: HessianOperator,
  layout: ParameterLayout,
  options: ProbeOptions,
): Promise<LayerTrace[]> {
  checkProbeOptions('layerTraces', options);
  if (layout.dimension !== operator.parameters) {
    throw new InputError(
      `landscape.layerTraces: expected a layout of ${operator.parameters} parameters, got ${layout.dimension}`,
    );
  }
  const traces = layout.slices.map((slice) => ({slice, mean: new RunningMean()}));
  await overProducts('layerTraces', operator, options, (probe, product) => {
    for (const {slice, mean} of traces) {
      const [from, to] = [slice.offset, slice.offset + slice.size];
      mean.add(dot(probe.subarray(from, to), product.subarray(from, to)));
    }
  });
  return traces.map(({slice, mean}) => ({
    name: slice.name,
    trace: mean.mean,
    standardError: mean.standardError,
  }));
}

/**
 * Trace by Hutch++: exact on the range of a random sketch, Hutchinson's method on the rest, whose standard error it
 * reports. Three products a sample, of which `onProgress` counts each as a third, and far less variance where few
 * eigenvalues carry the trace. Where products are differences, those along the sketch settle their step first: its vectors lie
 * along the largest eigenvalues, for which the operator's own may be too wide.
 *
 * Memory: `samples` vectors of P float64.
 *
 * Source: Meyer, Musco, Musco & Woodruff 2021, algorithm 1.
 */
export async function hutchPlusPlusTrace(
  operator: HessianOperator,
  options: ProbeOptions,
): Promise<TraceEstimate> {
  checkProbeOptions('hutchPlusPlusTrace', options);
  const {generator, samples, signal, onProgress} = options;
  const report = (products: number): void => onProgress?.(products / 3, samples);
  const basis: Float64Array[] = [];
  const sketch = {...options, generator: generator.derive('sketch'), onProgress: report};
  await overProducts('hutchPlusPlusTrace', operator, sketch, (_, product) => {
    const image = product.slice();
    const before = norm(image);
    removeSpan(image, basis);
    const length = norm(image);
    // Within rounding of the span already: nothing to add.
    if (length > 1e-7 * before) basis.push(image.map((value) => value / length));
  });
  let within = 0;
  const ofBasis = {
    samples: basis.length,
    signal,
    onProgress: (done: number): void => report(samples + done),
  };
  await inBatches(
    operator,
    ofBasis,
    (i) => at(basis, i),
    (member) => curvatureOf(operator, member),
    (_, curvature) => {
      within += curvature;
    },
  );
  const rest = new RunningMean();
  const ofRest = {samples, signal, onProgress: (done: number): void => report(2 * samples + done)};
  await inBatches(
    operator,
    ofRest,
    (i) => {
      const probe = rademacherProbe(operator.coordinates, generator.derive('rest', i));
      removeSpan(probe, basis);
      return probe;
    },
    (probe) => finiteProduct('hutchPlusPlusTrace', operator, probe),
    (probe, product) => rest.add(dot(probe, product)),
  );
  return {trace: within + rest.mean, standardError: rest.standardError};
}

async function curvatureOf(operator: HessianOperator, member: Float64Array): Promise<number> {
  if (operator.step !== null) return (await settledCurvature(operator, member)).curvature;
  return dot(member, await finiteProduct('hutchPlusPlusTrace', operator, member));
}

/** Twice, against rounding. */
function removeSpan(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (const member of [...basis, ...basis]) addScaledInto(vector, -dot(member, vector), member);
}
