import {estimatedCost} from '../jobs/cost.ts';
import type {Job} from '../jobs/job.ts';
import {type Task, jobsOf} from '../jobs/task.ts';

/** How far a sweep is. Jobs that were found done are in `total` and `done`, but not in the rate. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Share of the work, by estimated cost, 0 to 1. */
  readonly fraction: number;
  /** Finished in this call; null before the first. */
  readonly jobsPerMinute: number | null;
  /** null while nothing is known. */
  readonly secondsLeft: number | null;
  readonly elapsedSeconds: number;
}

/** Share of the work from which on its pace is worth extrapolating: workers take a moment to start. */
const TELLING = 0.01;

/** Weighs jobs by their estimated cost, and so knows the time left before every kind of job has been seen. */
export class ProgressMeter {
  readonly #total: number;
  readonly #reused: number;
  readonly #work: number;
  readonly #now: () => number;
  readonly #start: number;
  readonly #running = new Map<Task, number>();
  #settled = 0;
  #workDone = 0;
  /** Of trainings that go on from a snapshot, what was done before: it took none of this call's time. */
  #found = 0;

  /** @param now milliseconds, for tests */
  constructor(pending: readonly Job[], reused: number, now: () => number = () => performance.now()) {
    this.#total = pending.length + reused;
    this.#reused = reused;
    this.#work = costOf(pending);
    this.#now = now;
    this.#start = now();
  }

  /** A task is so far done, 0 to 1; a training says first how far it was when it began. */
  report(task: Task, fraction: number): void {
    if (task.kind === 'train' && !this.#running.has(task)) this.#found += fraction * costOf(jobsOf(task));
    this.#running.set(task, fraction);
  }

  /** Jobs will need no more work: done, failed, or with nothing to measure. */
  settle(jobs: readonly Job[], task?: Task): void {
    if (task !== undefined) this.#running.delete(task);
    this.#settled += jobs.length;
    this.#workDone += costOf(jobs);
  }

  read(): Progress {
    const elapsedSeconds = (this.#now() - this.#start) / 1000;
    let work = this.#workDone;
    for (const [task, fraction] of this.#running) {
      work += fraction * costOf(jobsOf(task));
    }
    const fraction = this.#work === 0 ? 1 : Math.min(1, work / this.#work);
    const doneNow = work - this.#found;
    return {
      done: this.#reused + this.#settled,
      total: this.#total,
      fraction,
      jobsPerMinute: this.#settled === 0 ? null : (60 * this.#settled) / elapsedSeconds,
      secondsLeft:
        doneNow < TELLING * this.#work ? null : (elapsedSeconds * Math.max(0, this.#work - work)) / doneNow,
      elapsedSeconds,
    };
  }
}

function costOf(jobs: readonly Job[]): number {
  return jobs.reduce((sum, job) => sum + estimatedCost(job), 0);
}
