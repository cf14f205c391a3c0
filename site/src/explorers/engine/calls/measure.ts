import {margins2d, relativeCoordinates, summarizeMargins} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import {outcomeOf} from '../../data/outcome.ts';
import {type OwnData, type OwnPoints, ownSplits} from '../../own/own-data.ts';
import {measureBasin, raysOf} from '../measured-basin.ts';
import {nextTask} from '../next-task.ts';
import {openProblem} from '../problem.ts';
import type {Call} from '../protocol.ts';
import {sharpest} from '../sharpness.ts';

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

const FRESH = 10_000;

/** What the sweep measures of a network, by the same rays and the same settings, but fewer rays. */
export const measure: Call<MeasureArgs, MeasureValue, {readonly stage: string}> = async (
  {data, hidden, seed, theta, directions},
  {signal, onProgress},
) => {
  const splits = ownSplits(data, seed);
  const {inputs, labels} = splits.train;
  const opened = openProblem({hidden, inputs, labels});
  const classifier = classifierFromModel(opened.model, theta);
  const tell = async (stage: string): Promise<void> => {
    onProgress({stage});
    await nextTask();
    signal.throwIfAborted();
  };
  const accuracy = async (points: OwnPoints): Promise<number> =>
    outcomeOf(await classifier.logits(points.inputs), points.labels).accuracy;
  await tell('10,000 fresh points');
  const [trainAccuracy, freshAccuracy] = [await accuracy(splits.train), await accuracy(splits.fresh(FRESH))];
  await tell('margins');
  const {distances} = await margins2d(classifier, inputs, {angles: 64, maximum: 20, signal});
  const {mean} = summarizeMargins(distances);
  const coordinates = relativeCoordinates(theta, opened.model.layout);
  await tell(`${directions} rays`);
  const cutoffs = await measureBasin(
    opened,
    theta,
    raysOf(seed, coordinates),
    directions,
    signal,
    (_, followed) => tell(`${followed} of ${directions} rays`),
  );
  await tell('the sharpest direction');
  const [anchorLoss = Number.NaN] = await opened.objective.loss(theta, {signal});
  return {
    anchorLoss,
    trainAccuracy,
    freshAccuracy,
    meanMargin: Number.isFinite(mean) ? mean : null,
    largestEigenvalue: await eigenvalue(),
    dimension: coordinates.dimension,
    basins: cutoffs
      .filter(({kind}) => kind === 'loss')
      .map(({value, meanRadius, volume}) => ({
        cutoff: value,
        meanRadius,
        stableLogVolume: volume?.stableLogVolume ?? null,
      })),
  };

  /** null where the check of the products fails, as it may where training has not come to rest. */
  async function eigenvalue(): Promise<number | null> {
    try {
      return await sharpest(opened, theta, {seed, examples: labels.length, coordinates, signal});
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }
};
