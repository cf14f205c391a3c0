import type {JobResult, Task} from './task.ts';

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  /** Receives the done fraction of the task, 0 to 1, now and then. */
  readonly onProgress?: (fraction: number) => void;
}

/** Where tasks are done: in this process, in a pool of others, one day on other machines. */
export interface Executor {
  /** Tasks that it does at the same time. */
  readonly workers: number;
  /**
   * @throws the signal's reason when cancelled; otherwise what went wrong with this task alone
   */
  execute(task: Task, options?: ExecuteOptions): Promise<JobResult[]>;
  /** Ends the workers; nothing may be executed afterwards. */
  close(): Promise<void>;
}
