/** What bets are held against: medians over the seeds of a sweep. */
import {median} from '@minefield/core';
import type {ExplorerExperiment, ExplorerRun} from '../data/experiment.ts';

/** The loss at which basins end where several cutoffs were measured, in nats. */
const CUTOFF = 0.5;

/** The median of a quantity over the seeds, at each level of poison; NaN where it was not measured. */
export function medians(
  {levels, runs}: Pick<ExplorerExperiment, 'levels' | 'runs'>,
  quantity: (run: ExplorerRun) => number | null | undefined,
): readonly number[] {
  return levels.map((level) => {
    const values = runs.flatMap((run) => (run.poisonFactor === level ? (quantity(run) ?? []) : []));
    return values.length === 0 ? Number.NaN : median(values);
  });
}

/**
 * By how many powers of ten the basins of the lowest level have more room than those of the highest: the median over seeds
 * that have both. NaN where none has.
 */
export function decadesOfRoom({
  levels,
  cutoffs,
  runs,
}: Pick<ExplorerExperiment, 'levels' | 'cutoffs' | 'runs'>): number {
  const at = cutoffs.findIndex(({kind, value}) => kind === 'loss' && value === CUTOFF);
  const volume = (seed: number, level: number | undefined): number | null =>
    runs.find((run) => run.seed === seed && run.poisonFactor === level)?.stableLogVolume[at] ?? null;
  const ratios = [...new Set(runs.map(({seed}) => seed))].flatMap((seed) => {
    const [good, bad] = [volume(seed, levels[0]), volume(seed, levels.at(-1))];
    return good === null || bad === null ? [] : [(good - bad) / Math.LN10];
  });
  return ratios.length === 0 ? Number.NaN : median(ratios);
}
