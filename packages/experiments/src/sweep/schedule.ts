import {type AnalysisJob, type RunJob, othersRead} from '../jobs/job.ts';

/** An analysis whose run is done. */
export interface Measurement {
  readonly job: AnalysisJob;
  /** Hash of the checkpoint to measure. */
  readonly checkpoint: string;
  /** Whether a record is there that measured it, though other jobs that it read are made anew: they may come out the same. */
  readonly isThere: boolean;
}

/** What a sweep does next. Analyses carry no checkpoint yet, so that memory does not grow with the queue. */
export class SweepSchedule {
  readonly #trainings: RunJob[][] = [];
  readonly #measurements: Measurement[] = [];

  /** @param groups runs that train side by side */
  addTrainings(groups: readonly RunJob[][]): void {
    this.#trainings.push(...groups);
  }

  addMeasurement(measurement: Measurement): void {
    this.#measurements.push(measurement);
  }

  get measurements(): readonly Measurement[] {
    return this.#measurements;
  }

  /**
   * Training first: everything else waits for it. Then whatever has what it reads.
   *
   * @param isThere whether a job's record is at hand
   */
  next(isThere: (identity: string) => boolean): readonly RunJob[] | Measurement | undefined {
    const jobs = this.#trainings.shift();
    if (jobs !== undefined) return jobs;
    const ready = this.#measurements.findIndex(({job}) => othersRead(job).every(isThere));
    return ready < 0 ? undefined : this.#measurements.splice(ready, 1)[0];
  }
}
