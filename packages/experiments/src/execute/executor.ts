import type {JobResult, Task} from '../jobs/task.ts';

/** What a worker says of a job that whoever watches should know. */
export interface JobNote {
  readonly identity: string;
  /** Goes on after the job's name: `leaves out its part …`. */
  readonly text: string;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Receives the done fraction of the task, 0 to 1, now and then. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly onNote?: ((note: JobNote) => void) | undefined;
  /** Where unfinished work is kept; nothing is where this is absent. */
  readonly work?: WorkPlace | undefined;
}

/** A place for unfinished work, as plain data that a process can be told. */
export interface WorkPlace {
  /** A URL: `file:` of a folder, or what else the workers know, such as the `redis:` of a queue. */
  readonly storage: string;
  /** Between two snapshots of a training. */
  readonly snapshotSeconds: number;
}

/** Where tasks are done: in this process, in a pool of others, on other machines. */
export interface Executor {
  /** Tasks that it takes at the same time. */
  readonly workers: number;
  /**
   * Whether tasks are shared with other sweeps of the experiment: runs are then grouped by their place in it alone, so
   * that each sweep asks for the same tasks. Otherwise so that all workers are busy.
   */
  readonly shared?: boolean;
  /**
   * @throws the signal's reason when cancelled; otherwise what went wrong with this task alone
   */
  execute(task: Task, options?: ExecuteOptions): Promise<JobResult[]>;
  /** The records of a task that was executed here are stored: what was kept of it in between may go. */
  settled?(task: Task): Promise<void>;
  /** Ends the workers; nothing may be executed afterwards. */
  close(): Promise<void>;
}
