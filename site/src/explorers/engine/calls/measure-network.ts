import {relativeCoordinates, scanSurface, symmetricGrid} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {outcomeOf} from '../../data/outcome.ts';
import {type MeasuredCutoff, measureBasin, raysOf} from '../measured-basin.ts';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import {sharpest} from '../sharpness.ts';
import type {SurfaceValue} from './surface.ts';

export interface MeasureNetworkArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Of the rays and probes: those of a record are drawn from its run's seed. */
  readonly seed: number;
  readonly directions: number;
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

const SIZES = [8, 16, 32];

/** Loss, radii and volumes, the largest eigenvalue, and a surface; what is known so far is sent ahead. */
export const measureNetwork: Call<MeasureNetworkArgs, NetworkMeasure, NetworkMeasure> = async (
  {problem, theta, seed, directions},
  {signal, onProgress},
) => {
  const opened = openProblem(problem);
  const {model, objective} = opened;
  const {inputs, labels} = problem;
  const [trainLoss = Number.NaN] = await objective.loss(theta, {signal});
  const onTrain = outcomeOf(await classifierFromModel(model, theta).logits(inputs), labels);
  const coordinates = relativeCoordinates(theta, model.layout);
  let measure: NetworkMeasure = {
    trainLoss,
    trainAccuracy: onTrain.accuracy,
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

  const rays = raysOf(seed, coordinates);
  await measureBasin(opened, theta, rays, directions, signal, (cutoffs, followed) =>
    add({cutoffs, done: 0.02 + (0.5 * followed) / directions}),
  );

  const [first, second] = [new Float32Array(theta.length), new Float32Array(theta.length)];
  rays.fillInto(first, 0);
  rays.fillInto(second, 1);
  const maximum = reachOf(measure.cutoffs);
  for (const size of SIZES) {
    const steps = symmetricGrid(maximum, size);
    const losses = await scanSurface(objective, theta, {first, second, xs: steps, ys: steps}, {signal});
    add({surface: {size, steps, losses: Float64Array.from(losses)}, done: 0.52 + (0.18 * size) / 32});
  }

  const sharpness = {seed, examples: labels.length, coordinates, signal};
  const eigenvalue = await sharpest(opened, theta, sharpness, (steps, most) =>
    add({done: 0.7 + (0.29 * steps) / most}),
  );
  return {...measure, eigenvalue, done: 1};
};

/** A little beyond where the loss has left the basin along the first two rays. */
function reachOf(cutoffs: readonly MeasuredCutoff[]): number {
  const ends = cutoffs.flatMap(({radii}) => [...radii.subarray(0, 2)]).filter(Number.isFinite);
  return ends.length === 0 ? 1 : 1.3 * Math.max(...ends);
}
