import {createGenerator} from '@minefield/core';
import {
  basinRadii,
  estimateVolume,
  hessianOperator,
  largestEigenvalue,
  margins2d,
  relativeCoordinates,
  sphericalRays,
  summarizeMargins,
} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {type OwnData, type OwnPoints, ownSplits} from '../../own/own-data.ts';
import {nextTask} from '../patient.ts';
import {openProblem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface MeasureArgs {
  readonly data: OwnData;
  readonly hidden: readonly number[];
  readonly seed: number;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Rays, the first of those that the sweep follows. */
  readonly directions: number;
}

export interface MeasureValue {
  readonly anchorLoss: number;
  /** Shares of 1. */
  readonly trainAccuracy: number;
  readonly freshAccuracy: number;
  /** Mean distance of the training points from the boundary, in units of the plane; null where one has none. */
  readonly meanMargin: number | null;
  /** Of the Hessian in relative coordinates; null where a check of the products failed. */
  readonly largestEigenvalue: number | null;
  /** Weights that move. */
  readonly dimension: number;
  readonly basins: readonly MeasuredBasin[];
}

export interface MeasuredBasin {
  /** Nats of clean training loss. */
  readonly cutoff: number;
  /** Relative; null where the network's own loss is above the cutoff. */
  readonly meanRadius: number | null;
  /** Natural logarithm, relative, by the mean logarithm of the radius; null as above. */
  readonly stableLogVolume: number | null;
}

/** Cutoffs of the sweep, in nats. */
const CUTOFFS = [0.25, 0.5, 1] as const;
/** Rays are given up here, as in the sweep. */
const MAXIMUM = 40;
const FRESH = 10_000;
const RAYS_AT_ONCE = 8;

/** What the sweep measures of a network, by the same rays and the same settings, but fewer rays. */
export const measure: Call<MeasureArgs, MeasureValue, {readonly stage: string}> = async (
  {data, hidden, seed, theta, directions},
  {signal, onProgress},
) => {
  const splits = ownSplits(data, seed);
  const {inputs, labels} = splits.train;
  const {model, objective} = openProblem({hidden, inputs, labels});
  const classifier = classifierFromModel(model, theta);
  const tell = async (stage: string): Promise<void> => {
    onProgress({stage});
    await nextTask();
    signal.throwIfAborted();
  };
  const accuracy = async (points: OwnPoints): Promise<number> => {
    const odds = await classifier.logits(points.inputs);
    return (
      odds.reduce((right, value, i) => right + Number(value > 0 === (points.labels[i] === 1)), 0) /
      odds.length
    );
  };
  await tell('10,000 fresh points');
  const [trainAccuracy, freshAccuracy] = [await accuracy(splits.train), await accuracy(splits.fresh(FRESH))];
  await tell('margins');
  const {distances} = await margins2d(classifier, inputs, {angles: 64, maximum: 20, signal});
  const {mean} = summarizeMargins(distances);
  const coordinates = relativeCoordinates(theta, model.layout);
  const rays = sphericalRays(createGenerator(seed, 'basin'), coordinates);
  const radii = CUTOFFS.map((): number[] => []);
  let anchorLoss = Number.NaN;
  let applicable = CUTOFFS.map(() => false);
  for (let from = 0; from < directions; from += RAYS_AT_ONCE) {
    await tell(`ray ${from + 1} of ${directions}`);
    const measured = await basinRadii(objective, theta, rays, {
      cutoffs: CUTOFFS.map((value) => ({kind: 'loss', value})),
      maximum: MAXIMUM,
      tolerance: Math.max(1e-5, 0.1 / rays.dimension),
      directions: Math.min(RAYS_AT_ONCE, directions - from),
      from,
      signal,
    });
    anchorLoss = measured.anchorLoss;
    applicable = measured.cutoffs.map((cutoff) => cutoff.applicable);
    measured.cutoffs.forEach((cutoff, c) => radii[c]?.push(...cutoff.radii));
  }
  await tell('the sharpest direction');
  const {dimension} = rays;
  return {
    anchorLoss,
    trainAccuracy,
    freshAccuracy,
    meanMargin: Number.isFinite(mean) ? mean : null,
    largestEigenvalue: await sharpest(),
    dimension,
    basins: CUTOFFS.map((cutoff, c): MeasuredBasin => {
      const found = radii[c] ?? [];
      if (applicable[c] !== true) return {cutoff, meanRadius: null, stableLogVolume: null};
      const {relative} = estimateVolume(found, {dimension, maximum: MAXIMUM});
      const reached = found.map((radius) => Math.min(radius, MAXIMUM));
      return {
        cutoff,
        meanRadius: reached.reduce((sum, radius) => sum + radius, 0) / reached.length,
        stableLogVolume: relative.stableLogVolume,
      };
    }),
  };

  async function sharpest(): Promise<number | null> {
    const order = createGenerator(seed, 'hessian', 'examples').permutation(labels.length);
    try {
      const operator = await hessianOperator(objective, theta, {
        generator: createGenerator(seed, 'curvature', 'relative', 'probe'),
        coordinates,
        // Single examples: the gradient of ReLUs jumps, and training rests on such jumps.
        checkOn: Array.from(order.subarray(0, 31), (example) => Uint32Array.of(example)),
        signal,
      });
      const generator = createGenerator(seed, 'curvature', 'relative', 'start');
      const {value} = await largestEigenvalue(operator, {
        generator,
        maximumSteps: 200,
        tolerance: 1e-3,
        signal,
      });
      return value;
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }
};
