import type {FinalMetrics, RunRecord} from '@minefield/results';

export interface FinishedRun {
  readonly run: RunRecord;
  readonly final: FinalMetrics;
}

/** The runs that came to an end, and a sentence on those that diverged. */
export function finalMetrics(runs: readonly RunRecord[]): {finished: FinishedRun[]; remark: string} {
  const finished = runs.flatMap((run) => (run.data.final === null ? [] : [{run, final: run.data.final}]));
  const diverged = runs.length - finished.length;
  const remark =
    diverged === 0 ? '' : ` ${diverged} diverged ${diverged === 1 ? 'run is' : 'runs are'} not shown.`;
  return {finished, remark};
}
