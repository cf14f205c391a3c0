import type {Job} from '../jobs/job.ts';
import type {Progress} from './progress.ts';

/** What a runner tells whoever watches. */
export type RunEvent =
  | {readonly type: 'planned'; readonly total: number; readonly reused: number}
  /** A record that could not be used was moved out of the way; its job is done anew. */
  | {readonly type: 'moved-aside'; readonly from: string; readonly to: string; readonly reason: string}
  /** Something about a job that changes no number: a worker that died, a part that could not be used. */
  | {readonly type: 'note'; readonly job: Job; readonly text: string}
  | {readonly type: 'progress'; readonly progress: Progress}
  | {readonly type: 'finished'; readonly job: Job; readonly outcome: string; readonly seconds: number}
  | {readonly type: 'failed'; readonly job: Job; readonly error: string};

export interface FailedJob {
  readonly job: Job;
  readonly error: string;
}

/** How a sweep ended. */
export interface RunSummary {
  readonly experiment: string;
  readonly profile: string;
  /** Jobs in all; the sum of the five below, and of those left undone by an interruption. */
  readonly jobs: number;
  /** Records that were there already. */
  readonly reused: number;
  /** Records made now; diverged runs are among them. */
  readonly done: number;
  readonly diverged: number;
  /** Analyses of diverged runs, whose minima do not exist. */
  readonly nothingToMeasure: number;
  readonly failed: readonly FailedJob[];
  readonly interrupted: boolean;
  readonly seconds: number;
}
