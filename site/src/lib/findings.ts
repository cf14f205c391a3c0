/** The few numbers that the story quotes: medians over every seed at the two ends of the poison sweep. */
import type {RunRecord} from '@minefield/results';
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

/** One end of the sweep. A median is null where nothing was measured. */
export interface End {
  readonly poisonFactor: number;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly meanMargin: number | null;
  readonly largestEigenvalue: number | null;
}

export interface Findings {
  /** The lowest poison factor: clean training. */
  readonly good: End;
  /** The highest. */
  readonly bad: End;
  readonly runs: number;
  readonly seeds: number;
  readonly levels: number;
  readonly parameters: number;
  readonly weights: number;
}

/** null where the experiment has fewer than two levels of poison */
export function findingsOf({records}: Experiment): Findings | null {
  const levels = records.poisonFactors();
  const [low, high] = [levels.at(0), levels.at(-1)];
  const runs = records.runs();
  const model = runs[0]?.model;
  if (low === undefined || high === undefined || low === high || model === undefined) return null;
  return {
    good: endOf(records, low),
    bad: endOf(records, high),
    runs: runs.length,
    seeds: records.seeds().length,
    levels: levels.length,
    parameters: model.parameters,
    weights: model.weights,
  };
}

function endOf(records: Experiment['records'], poisonFactor: number): End {
  const runs = records.runs({poisonFactor});
  const middle = (value: (run: RunRecord) => number | null | undefined): number | null =>
    median(runs.flatMap((run) => value(run) ?? []));
  return {
    poisonFactor,
    trainAccuracy: middle(({data}) => data.final?.trainAccuracy),
    testAccuracy: middle(({data}) => data.final?.testAccuracy),
    meanMargin: middle((run) => records.analysis('margin', run)?.data.mean),
    largestEigenvalue: middle((run) => records.analysis('curvature', run)?.data.largestEigenvalue.relative),
  };
}
