import type {Experiment} from './load-results.ts';
import {pictureExperiments} from './picture-experiments.ts';
import {otherPlaneExperiments, storyExperiment} from './plane-experiments.ts';

/** The page with the figures of an experiment, from the root of the site; null where it has none. */
export function experimentPage(experiment: Experiment, experiments: readonly Experiment[]): string | null {
  if (experiment === storyExperiment(experiments)) return 'index.html';
  const pages = [...otherPlaneExperiments(experiments), ...pictureExperiments(experiments)];
  return pages.find((one) => one.experiment === experiment)?.page ?? null;
}
