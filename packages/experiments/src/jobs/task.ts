/** What travels to a worker and back. Structured-cloneable, so that it may cross a process or a network. */
import type {AnalysisRecord, RunRecord} from '@minefield/results';
import type {AnalysisJob, Job, RunJob} from './job.ts';

/** Networks that train side by side; they share architecture, recipe and sizes of data. */
export interface TrainTask {
  readonly kind: 'train';
  readonly jobs: readonly RunJob[];
}

/** What an analysis reads besides the run that it measures: another analysis, or another run. */
export interface AnalysisInput {
  readonly record: RunRecord | AnalysisRecord;
  /** The safetensors file that its record names, and its hash. */
  readonly checkpoint: Uint8Array;
  readonly sha256: string;
}

/** One analysis of one checkpoint. */
export interface AnalyzeTask {
  readonly kind: 'analyze';
  readonly job: AnalysisJob;
  /** The safetensors file of the run that the job names. */
  readonly checkpoint: Uint8Array;
  readonly checkpointHash: string;
  /** What else the job reads, in its order; nothing for most. */
  readonly inputs?: readonly AnalysisInput[];
}

export type Task = TrainTask | AnalyzeTask;

/** What one job of a task gave. Its record names no checkpoint yet: the store that takes the bytes does. */
export type JobResult =
  | {readonly kind: 'run'; readonly record: RunRecord; readonly checkpoint: Uint8Array | null}
  | {readonly kind: 'analysis'; readonly record: AnalysisRecord; readonly checkpoint: Uint8Array | null};

export function jobsOf(task: Task): readonly Job[] {
  return task.kind === 'train' ? task.jobs : [task.job];
}
