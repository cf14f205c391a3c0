/** Maps of the minefield around a path of training. */
import type {AnalysisOf} from '@minefield/results';
import type {Experiment} from './load-results.ts';
import {storyExperiment} from './plane-experiments.ts';

/** An experiment's map: that of the first path that was searched. */
export function mapOf({records}: Experiment): AnalysisOf<'minefield'> | undefined {
  return records.analyses('minefield')[0];
}

/** Name of the figure. */
export function mapFigure({record}: Experiment): string {
  return `${record.experiment}-map`;
}

/** The experiment whose map the story shows: its own, else the one that ships, else the first that has one. */
export function storyMap(experiments: readonly Experiment[]): Experiment | undefined {
  const mapped = experiments.filter((experiment) => mapOf(experiment) !== undefined);
  const told = storyExperiment(experiments);
  return (
    mapped.find((experiment) => experiment === told) ??
    mapped.find(({record}) => record.experiment === 'minefield') ??
    mapped[0]
  );
}
