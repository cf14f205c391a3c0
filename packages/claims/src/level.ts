import {at} from '@minefield/core';
import {type Bracket, exactly, medianBracket, unknown} from './bracket.ts';
import {rankCorrelation} from './rank-correlation.ts';
import type {Sweep} from './sweep.ts';

/** One number taken from a run or an analysis, and the record that holds it; undefined where that record is missing. */
export type Measure = (
  sweep: Sweep,
  poisonFactor: number,
  seed: number,
) => {readonly value: Bracket; readonly record: string} | undefined;

/** A measure over all seeds of one level. */
export interface Level {
  readonly poisonFactor: number;
  /** In the order of the seeds; undefined where the record is missing. */
  readonly bySeed: readonly (Bracket | undefined)[];
  /** Over the seeds that have records; the whole line where none has. */
  readonly median: Bracket;
  readonly missing: number;
  readonly records: readonly string[];
}

/** @param seeds those of the spec by default */
export function measureLevel(
  sweep: Sweep,
  poisonFactor: number,
  measure: Measure,
  seeds = sweep.spec.seeds,
): Level {
  const measured = seeds.map((seed) => measure(sweep, poisonFactor, seed));
  const found = measured.filter((item) => item !== undefined);
  return {
    poisonFactor,
    bySeed: measured.map((item) => item?.value),
    median: found.length === 0 ? unknown : medianBracket(found.map(({value}) => value)),
    missing: measured.length - found.length,
    records: found.map(({record}) => record),
  };
}

/** A measure at the good end (the smallest factor of the sweep, 0) and the bad end (the largest). */
export function measureEnds(sweep: Sweep, measure: Measure): {readonly good: Level; readonly bad: Level} {
  const {poisonFactors} = sweep.spec;
  return {
    good: measureLevel(sweep, at(poisonFactors, 0), measure),
    bad: measureLevel(sweep, at(poisonFactors, -1), measure),
  };
}

/** A number that a record holds, or null where it could not be had: then nothing is known of it. */
export function known(value: number | null | undefined): Bracket {
  return value === null || value === undefined ? unknown : exactly(value);
}

/**
 * Where Spearman's ρ over per-level medians lies, whatever the medians are that are not known exactly; null where more than
 * two are not, there are fewer than three, or one side is constant.
 */
export function correlate(xs: readonly Level[], ys: readonly Level[]): Bracket | null {
  return rankCorrelation(
    xs.map(({median}) => median),
    ys.map(({median}) => median),
  );
}

/** The same for each seed alone. */
export function correlationsBySeed(
  xs: readonly Level[],
  ys: readonly Level[],
  seeds: readonly number[],
): (Bracket | null)[] {
  return seeds.map((_, i) =>
    rankCorrelation(
      xs.map(({bySeed}) => bySeed[i] ?? unknown),
      ys.map(({bySeed}) => bySeed[i] ?? unknown),
    ),
  );
}
