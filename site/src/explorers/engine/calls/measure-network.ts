import {createGenerator} from '@minefield/core';
import {
  type BasinRadii,
  basinRadii,
  estimateVolume,
  hessianOperator,
  largestEigenvalue,
  mergeRadii,
  relativeCoordinates,
  scanSurface,
  sphericalRays,
  symmetricGrid,
  type VolumeEstimate,
} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import type {SurfaceValue} from './surface.ts';

export interface MeasureNetworkArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Of the rays and probes: those of a record are drawn from its run's seed. */
  readonly seed: number;
  readonly directions: number;
}

export interface MeasuredCutoff {
  readonly kind: 'loss' | 'excess';
  readonly value: number;
  /** false where the network's own loss lies above it. */
  readonly applicable: boolean;
  /** First crossing along each ray, relative radius; Infinity where there was none. */
  readonly radii: Float64Array;
  readonly volume: VolumeEstimate | null;
}

export interface NetworkMeasure {
  readonly trainLoss: number;
  /** Share of 1. */
  readonly trainAccuracy: number;
  /** Parameters that move. */
  readonly dimension: number;
  /** Empty before the first rays. */
  readonly cutoffs: readonly MeasuredCutoff[];
  /** Of the Hessian in relative coordinates; null until it is found. */
  readonly eigenvalue: number | null;
  /** Over the plane of the first two rays, steps in relative radius; null until it is measured. */
  readonly surface: SurfaceValue | null;
  /** Share of the work that is done. */
  readonly done: number;
}

/** As the records of the toy have them. */
const CUTOFFS = [
  {kind: 'loss', value: 0.25},
  {kind: 'loss', value: 0.5},
  {kind: 'loss', value: 1},
  {kind: 'excess', value: 0.5},
] as const;
const MAXIMUM = 40;
const RAYS = 20;
const SIZES = [8, 16, 32];

/** Loss, radii and volumes, the largest eigenvalue, and a surface; what is known so far is sent ahead. */
export const measureNetwork: Call<MeasureNetworkArgs, NetworkMeasure, NetworkMeasure> = async (
  {problem, theta, seed, directions},
  {signal, onProgress},
) => {
  const {model, objective} = openProblem(problem);
  const {inputs, labels} = problem;
  const [trainLoss = Number.NaN] = await objective.loss(theta, {signal});
  const odds = await classifierFromModel(model, theta).logits(inputs);
  const right = labels.reduce((sum, label, i) => sum + Number((odds[i] ?? 0) > 0 === (label === 1)), 0);
  const coordinates = relativeCoordinates(theta, model.layout);
  let measure: NetworkMeasure = {
    trainLoss,
    trainAccuracy: right / labels.length,
    dimension: coordinates.dimension,
    cutoffs: [],
    eigenvalue: null,
    surface: null,
    done: 0.02,
  };
  const add = (part: Partial<NetworkMeasure>): void => {
    measure = {...measure, ...part};
    onProgress(measure);
  };
  add({});

  // The rays that records of this seed were measured along.
  const rays = sphericalRays(createGenerator(seed, 'basin'), coordinates);
  const parts: BasinRadii[] = [];
  for (let from = 0; from < directions; from += RAYS) {
    const count = Math.min(RAYS, directions - from);
    parts.push(
      await basinRadii(objective, theta, rays, {
        cutoffs: CUTOFFS,
        maximum: MAXIMUM,
        // As the records', where the network is as large.
        tolerance: Math.max(1e-5, 0.1 / coordinates.dimension),
        from,
        directions: count,
        signal,
      }),
    );
    add({cutoffs: cutoffsOf(mergeRadii(parts)), done: 0.02 + (0.5 * (from + count)) / directions});
  }

  const [first, second] = [new Float32Array(theta.length), new Float32Array(theta.length)];
  rays.fillInto(first, 0);
  rays.fillInto(second, 1);
  const maximum = reachOf(measure.cutoffs);
  for (const size of SIZES) {
    const steps = symmetricGrid(maximum, size);
    const losses = await scanSurface(objective, theta, {first, second, xs: steps, ys: steps}, {signal});
    add({surface: {size, steps, losses: Float64Array.from(losses)}, done: 0.52 + (0.18 * size) / 32});
  }

  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'curvature', 'relative', 'probe'),
    coordinates,
    checkOn: singleExamples(labels.length, seed),
    signal,
  });
  const {value} = await largestEigenvalue(operator, {
    generator: createGenerator(seed, 'curvature', 'relative', 'start'),
    maximumSteps: Math.min(200, coordinates.dimension),
    tolerance: 1e-3,
    onProgress: (steps, most) => add({done: 0.7 + (0.29 * steps) / most}),
    signal,
  });
  return {...measure, eigenvalue: value, done: 1};
};

function cutoffsOf(measured: BasinRadii): readonly MeasuredCutoff[] {
  const {dimension, logDeterminant, maximum, tolerance} = measured;
  return measured.cutoffs.map(({cutoff, applicable, radii, undefinedRays}) => ({
    ...cutoff,
    applicable,
    radii,
    volume: applicable
      ? estimateVolume(radii, {dimension, logDeterminant, maximum, tolerance, undefinedRays}).relative
      : null,
  }));
}

/** A little beyond where the loss has left the basin along the first two rays. */
function reachOf(cutoffs: readonly MeasuredCutoff[]): number {
  const ends = cutoffs.flatMap(({radii}) => [...radii.subarray(0, 2)]).filter(Number.isFinite);
  return ends.length === 0 ? 1 : 1.3 * Math.max(...ends);
}

/** Examples on which a product of the Hessian is checked: one meets few of the jumps where training rests. */
function singleExamples(examples: number, seed: number): Uint32Array[] {
  const order = createGenerator(seed, 'hessian', 'examples').permutation(examples);
  return Array.from(order.subarray(0, 31), (example) => Uint32Array.of(example));
}
