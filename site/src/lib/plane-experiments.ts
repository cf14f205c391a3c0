/** Experiments on points of the plane. One of them is told as the story; each of the others has a page of its own. */
import {isOfPictures} from '@minefield/spec';
import {drawableHidden} from '../explorers/data/perceptron.ts';
import {type Findings, findingsOf} from './findings.ts';
import type {Experiment} from './load-results.ts';

export function isOnThePlane({record}: Experiment): boolean {
  return !isOfPictures(record.spec.dataset);
}

/**
 * The experiment that the story is about: the toy one that ships where it was run, else the first whose good minima can be
 * held against bad ones, else the first.
 */
export function storyExperiment(experiments: readonly Experiment[]): Experiment | undefined {
  const candidates = experiments.filter(isOnThePlane);
  return (
    candidates.find(({record}) => record.experiment === 'toy') ??
    candidates.find((experiment) => findingsOf(experiment) !== null) ??
    candidates[0]
  );
}

/** Whether explorers can make its networks again, and draw them. */
export function isDrawable(experiment: Experiment): boolean {
  return isOnThePlane(experiment) && drawableHidden(experiment.record.spec.model) !== null;
}

/** What the explorers beside the story show: the experiment that it is about, where they can draw that. */
export function exploredExperiment(experiments: readonly Experiment[]): Experiment | undefined {
  const told = storyExperiment(experiments);
  return told !== undefined && isDrawable(told) ? told : undefined;
}

export interface PlaneExperiment {
  readonly experiment: Experiment;
  /** null where there is but one level of poison. */
  readonly findings: Findings | null;
  /** Parameters of each network. */
  readonly parameters: number;
  /** Points that each network was trained on. */
  readonly train: number;
  /** Its page, from the root of the site. */
  readonly page: string;
}

/** Those with runs that the story is not about. */
export function otherPlaneExperiments(experiments: readonly Experiment[]): readonly PlaneExperiment[] {
  const told = storyExperiment(experiments);
  const others = experiments.filter((experiment) => isOnThePlane(experiment) && experiment !== told);
  return others.flatMap((experiment) => {
    const [run] = experiment.records.runs();
    if (run === undefined) return [];
    const {
      model: {parameters},
      dataset: {train},
    } = run;
    const page = `points/${experiment.record.experiment}.html`;
    return [{experiment, findings: findingsOf(experiment), parameters, train, page}];
  });
}
