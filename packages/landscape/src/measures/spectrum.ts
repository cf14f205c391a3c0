import {createGenerator, checkOptions} from '@minefield/core';
import {extremeEigenvalues} from '../curvature/extreme-eigenvalues.ts';
import {
  type TraceEstimate,
  hutchPlusPlusTrace,
  hutchinsonTrace,
  layerTraces,
} from '../curvature/hessian-trace.ts';
import {spectralQuadrature} from '../curvature/spectral-density.ts';
import {type CoordinatesName, coordinatesOf, defaultCoordinates, operatorOf} from './operators.ts';
import {MEASURE_KEYS, type MeasureOptions, type Subject} from './subject.ts';

export interface SpectrumOfOptions extends MeasureOptions {
  /** Most Lanczos steps, for the extremes and for each probe of the density. */
  readonly steps: number;
  /** Random probes, for each of the two traces and for the density. */
  readonly samples: number;
  /** Default: relative for a network, else raw. */
  readonly coordinates?: CoordinatesName;
}

interface Extreme {
  readonly value: number;
  /** ‖H v − λ v‖ / |λ|; null where it is not finite. */
  readonly residual: number | null;
}

interface Trace {
  readonly trace: number;
  /** null for one sample. */
  readonly standardError: number | null;
}

interface LayerTraceEntry extends Trace {
  readonly name: string;
}

/** What `minefield spectrum --json` prints: the Hessian of the loss at the anchor. */
export interface SpectrumDocument {
  readonly subject: string;
  readonly coordinates: CoordinatesName;
  /** How many eigenvalues there are: parameters that move. */
  readonly dimension: number;
  readonly largest: Extreme;
  /** Algebraically smallest. */
  readonly smallest: Extreme;
  readonly steps: number;
  readonly converged: boolean;
  readonly trace: {readonly hutchinson: Trace; readonly hutchPlusPlus: Trace; readonly samples: number};
  /** Of the diagonal blocks of the slices that move; null for an objective without a layout. */
  readonly layers: readonly LayerTraceEntry[] | null;
  /** Weighted points of the spectral density, by rising eigenvalue; the weights sum to 1. */
  readonly density: {readonly nodes: readonly number[]; readonly weights: readonly number[]};
  readonly method: 'exact' | 'central differences';
  readonly selfCheck: number;
  readonly exact: {readonly largest: number; readonly smallest: number; readonly trace: number} | null;
  readonly seed: number;
  readonly notes: readonly string[];
}

/** Share of the spectrum's size that a residual may have; both ends of a closed form are to be compared to more digits. */
const TOLERANCE = {network: 1e-4, known: 1e-6};

/** A smallest eigenvalue below this share of the largest magnitude is no rounding. */
const NEGATIVE = -1e-4;

/** Both ends of the Hessian's spectrum at a subject's anchor, its trace by two methods, and its density. */
export async function spectrumOf(subject: Subject, options: SpectrumOfOptions): Promise<SpectrumDocument> {
  checkOptions('landscape.spectrumOf', options, {
    ...MEASURE_KEYS,
    steps: true,
    samples: true,
    coordinates: true,
  });
  const {steps, samples, seed, signal, onProgress, coordinates = defaultCoordinates(subject)} = options;
  const system = coordinatesOf(subject, coordinates);
  const operator = await operatorOf(subject, system, options);
  // In products: the extremes take at most `steps`, the traces 1, 3 and 1 a sample, the density `steps` a sample.
  const total = steps + samples * (5 + steps);
  const part = (name: string, from: number, perItem: number) => ({
    generator: createGenerator(seed, 'measure', name),
    signal,
    onProgress: (done: number) => onProgress?.((from + done * perItem) / total),
  });
  const extremes = await extremeEigenvalues(operator, {
    ...part('extremes', 0, 1),
    maximumSteps: Math.min(steps, system.dimension),
    tolerance: subject.known ? TOLERANCE.known : TOLERANCE.network,
  });
  const hutchinson = await hutchinsonTrace(operator, {...part('hutchinson', steps, 1), samples});
  const hutchPlusPlus = await hutchPlusPlusTrace(operator, {
    ...part('hutch++', steps + samples, 3),
    samples,
  });
  const {layout} = subject.objective;
  const layers =
    layout && (await layerTraces(operator, layout, {...part('layers', steps + 4 * samples, 1), samples}));
  const {nodes, weights} = await spectralQuadrature(operator, {
    ...part('density', steps + 5 * samples, steps),
    samples,
    steps,
  });
  const order = Array.from(nodes.keys()).toSorted((a, b) => (nodes[a] ?? 0) - (nodes[b] ?? 0));
  const {largest, smallest} = extremes;
  const size = Math.max(Math.abs(largest.value), Math.abs(smallest.value));
  return {
    subject: subject.name,
    coordinates,
    dimension: system.dimension,
    largest: {value: largest.value, residual: finite(largest.residual)},
    smallest: {value: smallest.value, residual: finite(smallest.residual)},
    steps: extremes.steps,
    converged: extremes.converged,
    trace: {hutchinson: traceOf(hutchinson), hutchPlusPlus: traceOf(hutchPlusPlus), samples},
    layers:
      layers?.flatMap((layer, k) => {
        const offset = layout?.slices[k]?.offset ?? 0;
        return system.scale[offset] === 0 ? [] : [{name: layer.name, ...traceOf(layer)}];
      }) ?? null,
    density: {nodes: order.map((i) => nodes[i] ?? 0), weights: order.map((i) => weights[i] ?? 0)},
    method: operator.method,
    selfCheck: operator.selfCheck,
    exact: subject.known ? exactOf(subject.known.eigenvalues) : null,
    seed,
    notes: [
      ...subject.notes,
      ...(smallest.value < NEGATIVE * size
        ? ['the smallest eigenvalue is negative: the anchor is no minimum along its direction']
        : []),
      ...(extremes.converged
        ? []
        : [`the extremes have not converged in ${extremes.steps} steps; take more`]),
    ],
  };
}

function traceOf({trace, standardError}: TraceEstimate): Trace {
  return {trace, standardError: finite(standardError)};
}

function exactOf(eigenvalues: Float32Array): NonNullable<SpectrumDocument['exact']> {
  return {
    largest: eigenvalues.reduce((a, b) => Math.max(a, b), -Infinity),
    smallest: eigenvalues.reduce((a, b) => Math.min(a, b), Infinity),
    trace: eigenvalues.reduce((sum, value) => sum + value, 0),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
