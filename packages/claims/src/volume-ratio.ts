/** Ratios of volumes, and how far chance reaches in them: over the rays that were followed, and over the seeds. */
import {at, createGenerator, logMeanExp, median} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import type {Cutoff} from '@minefield/spec';
import {type Bracket, difference} from './bracket.ts';
import {type Measure, measureEnds} from './level.ts';
import {isAt} from './measures.ts';
import type {Sweep} from './sweep.ts';

/** How many decades the good basin is larger: of each seed, and of the medians over seeds. @param logVolume natural logarithms */
export function volumeRatio(sweep: Sweep, logVolume: Measure) {
  const {good, bad} = measureEnds(sweep, logVolume);
  const bySeed = good.bySeed.map((ofGood, i) => {
    const ofBad = bad.bySeed[i];
    return ofGood && ofBad && decadesBetween(ofGood, ofBad);
  });
  return {levels: [good, bad], bySeed, ratio: decadesBetween(good.median, bad.median)};
}

function decadesBetween(first: Bracket, second: Bracket): Bracket {
  const {low, high} = difference(first, second);
  return {low: low / Math.LN10, high: high / Math.LN10};
}

/** Logarithms of the radii of one seed's two minima, and the dimension that they are of. */
export interface RadiiOfEnds {
  readonly dimension: number;
  readonly good: Float64Array;
  readonly bad: Float64Array;
}

/** log V − log ω_n from logarithms of radii in n dimensions. */
export type LogVolumeOf = (logRadii: Float64Array, dimension: number) => number;

/** n · mean(log r), the paper's simpler statistic: every ray counts alike. */
export const byAllRays: LogVolumeOf = (logRadii, dimension) =>
  dimension * (logRadii.reduce((sum, value) => sum + value, 0) / logRadii.length);

/** log of the mean of r^n, which in thousands of dimensions is the largest radius alone. */
export const byLargestRay: LogVolumeOf = (logRadii, dimension) =>
  logMeanExp(logRadii.map((value) => dimension * value));

/**
 * Of both ends of a sweep at one cutoff; null where a record is missing, a ray was censored, an anchor lies above the cutoff, or the
 * ends have other dimensions, as where all weights of a filter are zero.
 */
export function radiiOfEnds(sweep: Sweep, cutoff: Cutoff): readonly RadiiOfEnds[] | null {
  const {poisonFactors, seeds} = sweep.spec;
  const pairs = seeds.map((seed) => {
    const [good, bad] = [at(poisonFactors, 0), at(poisonFactors, -1)].map((level) =>
      sweep.analysis('basin', level, seed),
    );
    const [ofGood, ofBad] = [good, bad].map((record) => logRadiiOf(record, cutoff));
    if (!good || !ofGood || !ofBad || bad?.data.dimension !== good.data.dimension) return null;
    return {dimension: good.data.dimension, good: ofGood, bad: ofBad};
  });
  return pairs.every((pair) => pair !== null) ? pairs : null;
}

function logRadiiOf(record: AnalysisOf<'basin'> | undefined, cutoff: Cutoff): Float64Array | null {
  const radii = record?.data.cutoffs.find(isAt(cutoff))?.radii ?? [];
  const known = radii.filter((radius) => radius !== null);
  return known.length === 0 || known.length < radii.length ? null : Float64Array.from(known, Math.log);
}

const RESAMPLES = 2000;

export interface Interval {
  readonly least: number;
  readonly most: number;
}

/**
 * The central 95% of the ratio of medians, in decades, when seeds are drawn anew from those measured, and for each its rays
 * from those followed: a bootstrap in two stages. Of few seeds it says little more than how far they lie apart. It knows
 * nothing of rays longer than any that was followed, which is what makes a mean of r^n a lower bound.
 */
export function ratioInterval(seeds: readonly RadiiOfEnds[], logVolumeOf: LogVolumeOf): Interval {
  const generator = createGenerator(1, 'ratio of volumes');
  const drawnFrom = <T>(items: ArrayLike<T>): T => at(items, generator.integer(items.length));
  const redrawn = (logRadii: Float64Array): Float64Array => logRadii.map(() => drawnFrom(logRadii));
  const ratios = Float64Array.from({length: RESAMPLES}, () => {
    const drawn = seeds.map(() => drawnFrom(seeds));
    const [good, bad] = (['good', 'bad'] as const).map((end) =>
      median(drawn.map((seed) => logVolumeOf(redrawn(seed[end]), seed.dimension))),
    );
    return ((good ?? Number.NaN) - (bad ?? Number.NaN)) / Math.LN10;
  }).toSorted();
  return {least: at(ratios, 0.025 * RESAMPLES), most: at(ratios, 0.975 * RESAMPLES - 1)};
}
