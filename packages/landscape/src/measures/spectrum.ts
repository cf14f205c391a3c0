import {createGenerator, checkOptions} from '@minefield/core';
import type {Eigenpair} from '../curvature/eigenpair-search.ts';
import {type Spread, extremesUnderMoves} from '../curvature/eigenvalues-under-moves.ts';
import {extremeEigenvalues} from '../curvature/extreme-eigenvalues.ts';
import {
  type TraceEstimate,
  hutchPlusPlusTrace,
  hutchinsonTrace,
  layerTraces,
} from '../curvature/hessian-trace.ts';
import {spectralQuadrature} from '../curvature/spectral-density.ts';
import {type CoordinatesName, coordinatesOf, defaultCoordinates, operatorOf} from './operators.ts';
import {MEASURE_KEYS, type Kink, type MeasureOptions, type Subject} from './subject.ts';

export interface SpectrumOfOptions extends MeasureOptions {
  /** Most Lanczos steps for each probe of the density. */
  readonly steps: number;
  /** Most Lanczos steps for the extremes. Default: `steps`. */
  readonly extremeSteps?: number | undefined;
  /** Random probes, for each of the two traces and for the density. */
  readonly samples: number;
  /** Default: relative for a network, else raw. */
  readonly coordinates?: CoordinatesName;
  /** Points next to the anchor at which the extremes are sought again; 0 for none. Default 8, or 0 of an analytic objective. */
  readonly moves?: number | undefined;
}

interface Extreme {
  readonly value: number;
  /** ‖H v − λ v‖ / |λ|; null where it is not finite. */
  readonly residual: number | null;
  /** An eigenvalue lies within this of the value. */
  readonly errorBound: number;
}

/** An eigenvalue at points next to the anchor. */
interface SpreadOfValues {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The extremes at points whose parameters are those of the anchor, each moved by `size` of itself up or down at random. */
interface UnderMoves {
  readonly moves: number;
  readonly size: number;
  readonly largest: SpreadOfValues;
  readonly smallest: SpreadOfValues;
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
  /** Whether the error bound of each extreme is small against its value. */
  readonly converged: boolean;
  /** null where the anchor was not moved. */
  readonly underMoves: UnderMoves | null;
  /** null where the subject cannot tell. */
  readonly kink: Kink | null;
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

/** How far products may be from differences, as `hessianOperator` has it, before only trust takes them. */
const CONFIRMED = 0.01;

/** A change by this share of the value leaves no second digit. */
const MEANINGLESS = 0.1;

/** A smallest eigenvalue below this share of the largest magnitude is no rounding. */
const NEGATIVE = -1e-4;

/** Both ends of the Hessian's spectrum at a subject's anchor, its trace by two methods, and its density. */
export async function spectrumOf(subject: Subject, options: SpectrumOfOptions): Promise<SpectrumDocument> {
  checkOptions('landscape.spectrumOf', options, {
    ...MEASURE_KEYS,
    extremeSteps: true,
    moves: true,
    steps: true,
    samples: true,
    coordinates: true,
  });
  const {steps, samples, seed, signal, onProgress, coordinates = defaultCoordinates(subject)} = options;
  const {extremeSteps = steps, moves = subject.known ? 0 : 8} = options;
  const system = coordinatesOf(subject, coordinates);
  const operator = await operatorOf(subject, system, options);
  // In products: the extremes take at most `extremeSteps`, at each move about as many again; the traces 1, 3 and 1 a sample, the
  // density `steps` a sample.
  const ends = extremeSteps * (1 + moves);
  const total = ends + samples * (5 + steps);
  const part = (name: string, from: number, perItem: number) => ({
    generator: createGenerator(seed, 'measure', name),
    signal,
    onProgress: (done: number) => onProgress?.((from + done * perItem) / total),
  });
  const search = {
    maximumSteps: Math.min(extremeSteps, system.dimension),
    tolerance: subject.known ? TOLERANCE.known : TOLERANCE.network,
  };
  const extremes = await extremeEigenvalues(operator, {...part('extremes', 0, 1), ...search});
  const underMoves =
    moves === 0
      ? null
      : await extremesUnderMoves(operator, subject.anchor, extremes, {
          ...part('moves', extremeSteps, extremeSteps),
          ...search,
          moves,
        });
  const kink = (await subject.nearestKink?.(signal)) ?? null;
  const hutchinson = await hutchinsonTrace(operator, {...part('hutchinson', ends, 1), samples});
  const hutchPlusPlus = await hutchPlusPlusTrace(operator, {
    ...part('hutch++', ends + samples, 3),
    samples,
  });
  const {layout} = subject.objective;
  const layers =
    layout && (await layerTraces(operator, layout, {...part('layers', ends + 4 * samples, 1), samples}));
  const {nodes, weights} = await spectralQuadrature(operator, {
    ...part('density', ends + 5 * samples, steps),
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
    largest: extremeOf(largest),
    smallest: extremeOf(smallest),
    steps: extremes.steps,
    converged: extremes.converged,
    underMoves: underMoves && {
      moves,
      size: underMoves.size,
      largest: spreadOf(underMoves.largest),
      smallest: spreadOf(underMoves.smallest),
    },
    kink,
    trace: {hutchinson: traceOf(hutchinson), hutchPlusPlus: traceOf(hutchPlusPlus), samples},
    layers:
      layers?.flatMap((layer, k) => {
        const {offset = 0, size: entries = 0} = layout?.slices[k] ?? {};
        const stays = system.scale.subarray(offset, offset + entries).every((scale) => scale === 0);
        return stays ? [] : [{name: layer.name, ...traceOf(layer)}];
      }) ?? null,
    density: {nodes: order.map((i) => nodes[i] ?? 0), weights: order.map((i) => weights[i] ?? 0)},
    method: operator.method,
    selfCheck: operator.selfCheck,
    exact: subject.known ? exactOf(subject.known.eigenvalues) : null,
    seed,
    notes: [
      ...subject.notes,
      ...(operator.method === 'exact' && operator.selfCheck > CONFIRMED && !subject.known
        ? [
            `products are taken at their word: central differences do not confirm them, and disagree by ${Number(operator.selfCheck.toPrecision(2))}`,
          ]
        : []),
      ...(smallest.value < NEGATIVE * size
        ? ['the smallest eigenvalue is negative: the anchor is no minimum along its direction']
        : []),
      ...(underMoves === null ? [] : doubts(underMoves.largest, kink)),
      ...(extremes.converged
        ? []
        : [`the extremes have not converged in ${extremes.steps} steps; take more`]),
      ...(underMoves?.converged === false
        ? [
            `not all searches at points next to the anchor have converged in ${search.maximumSteps} steps; some of their spread may be of that`,
          ]
        : []),
    ],
  };
}

function extremeOf({value, residual, errorBound}: Eigenpair): Extreme {
  return {value, residual: finite(residual), errorBound};
}

function spreadOf({median, low, high}: Spread): SpreadOfValues {
  return {median, low, high};
}

/** What a reader must know of a largest eigenvalue that means nothing to two digits. */
function doubts({own, median, low, high}: Spread, kink: Kink | null): string[] {
  const digits = (value: number): string => String(Number(value.toPrecision(3)));
  if ([low, high, own].every((value) => Math.abs(value - median) <= MEANINGLESS * Math.abs(median)))
    return [];
  const near =
    kink === null
      ? ''
      : `; ${kink.closePairs} of ${kink.pairs} pre-activations lie at the kink of their ReLU`;
  return [
    `the largest eigenvalue is not known to two digits: moving each weight by one millionth of itself takes it from ` +
      `${digits(low)} to ${digits(high)}, median ${digits(median)}${near}`,
  ];
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
