import {type AnalysisRecord, type RunRecord, shortIdentity} from '@minefield/results';
import {type AnalysisJob, type Job, type RunJob, othersRead, runRead} from '../jobs/job.ts';
import {type JobFilter, selectJobs} from '../jobs/select-jobs.ts';
import type {Inventory} from './inventory.ts';
import type {FailedJob, RunSummary} from './run-events.ts';

/** What a summary says of jobs. */
type Counts = Pick<RunSummary, 'jobs' | 'reused' | 'done' | 'diverged' | 'nothingToMeasure' | 'failed'>;

/** What a sweep knows of its jobs: which there are, which records are at hand, and how each job came out. */
export class SweepLedger {
  /** Of the whole experiment, whatever is asked for now. */
  readonly all: readonly Job[];
  /** Those that are asked for, and what they read. */
  readonly jobs: readonly Job[];
  readonly #byIdentity: ReadonlyMap<string, Job>;
  readonly #analyses: ReadonlyMap<string, readonly AnalysisJob[]>;
  readonly #readByOthers: ReadonlySet<string>;
  readonly #records = new Map<string, RunRecord | AnalysisRecord>();
  /** Jobs whose records were there. */
  readonly #there = new Set<string>();
  /** Jobs whose records were made now. */
  readonly #made = new Set<string>();
  readonly #failed = new Map<string, FailedJob>();
  #diverged = 0;
  #nothingToMeasure = 0;

  constructor(all: readonly Job[], only: JobFilter) {
    this.all = all;
    this.jobs = selectJobs(all, only);
    this.#byIdentity = new Map(this.jobs.map((job) => [job.identity, job]));
    const analyses = this.jobs.filter((job) => job.kind === 'analysis');
    this.#analyses = Map.groupBy(analyses, runRead);
    this.#readByOthers = new Set(analyses.flatMap(othersRead));
  }

  job(identity: string): Job | undefined {
    return this.#byIdentity.get(identity);
  }

  runs(): RunJob[] {
    return this.jobs.filter((job) => job.kind === 'run');
  }

  analysesOf(run: string): readonly AnalysisJob[] {
    return this.#analyses.get(run) ?? [];
  }

  /** Records at hand: of what is there, only what may be read again. */
  get records(): ReadonlyMap<string, RunRecord | AnalysisRecord> {
    return this.#records;
  }

  /** Notes what was found in the folder, before it is known what of it is of use. */
  open(inventory: Inventory): void {
    for (const [identity, record] of inventory) this.#records.set(identity, record);
  }

  /** A record that was there is of use. */
  reuse(record: RunRecord | AnalysisRecord): void {
    this.#there.add(record.identity);
    this.#count(record);
    if (!this.#readByOthers.has(record.identity)) this.#records.delete(record.identity);
  }

  /** A record was made. */
  enter(record: RunRecord | AnalysisRecord): void {
    this.#made.add(record.identity);
    this.#count(record);
    if (this.#readByOthers.has(record.identity)) this.#records.set(record.identity, record);
  }

  /** A record that was there is of no use. */
  discard(identity: string): void {
    this.#records.delete(identity);
  }

  /** An analysis of a run that diverged. */
  skip(): void {
    this.#nothingToMeasure += 1;
  }

  /** Whether a job came to an end without a minimum. */
  isDiverged(identity: string): boolean {
    const record = this.#records.get(identity);
    return record?.kind === 'run' && record.data.checkpoint === null;
  }

  /** A job that failed takes along those that read it, which are returned. */
  fail(job: Job, error: string): readonly Job[] {
    this.#failed.set(job.identity, {job, error});
    const reason = job.kind === 'run' ? 'its run failed' : `the ${job.analysis} that it reads failed`;
    const dependent = this.jobs.filter(
      ({identity, inputs}) => inputs.includes(job.identity) && !this.#failed.has(identity),
    );
    for (const analysis of dependent) this.#failed.set(analysis.identity, {job: analysis, error: reason});
    return dependent;
  }

  /** Starts of the identities of the jobs whose records are stored, as files are named after them. */
  stored(): ReadonlySet<string> {
    return new Set([...this.#there, ...this.#made].map(shortIdentity));
  }

  get reused(): number {
    return this.#there.size;
  }

  counts(): Counts {
    return {
      jobs: this.jobs.length,
      reused: this.#there.size,
      done: this.#made.size,
      diverged: this.#diverged,
      nothingToMeasure: this.#nothingToMeasure,
      failed: [...this.#failed.values()],
    };
  }

  #count(record: RunRecord | AnalysisRecord): void {
    if (record.kind === 'run' && record.data.outcome === 'diverged') this.#diverged += 1;
  }
}
