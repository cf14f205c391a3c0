import type {AnalysisRecord, RunRecord} from '@minefield/results';
import {InvalidRecordError} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import type {Executor} from './executor.ts';
import {expandSpec} from './expand.ts';
import {experimentRecord} from './experiment-record.ts';
import {groupRuns} from './group-runs.ts';
import {checkpointOf, headOf, moveAside, readsWhatIsThere, takeInventory} from './inventory.ts';
import {type AnalysisJob, type Job, type RunJob, othersRead} from './job.ts';
import {ProgressMeter} from './progress.ts';
import type {FailedJob, RunEvent, RunSummary} from './run-events.ts';
import {type JobFilter, selectJobs} from './select-jobs.ts';
import type {ExperimentSpec} from './spec.ts';
import {type ReportContent, forgetSweeps, reportSweep} from './sweep-report.ts';
import {type AnalysisInput, type JobResult, type Task, jobsOf} from './task.ts';
import {type WorkFolder, workFolder} from './work-folder.ts';

export interface RunExperimentOptions {
  readonly store: Store;
  readonly executor: Executor;
  /** `portable`, or the name of the backend that the executor's workers use. */
  readonly numerics: string;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: RunEvent) => void;
  /** Most networks trained side by side in one worker. Default 8: more are hardly faster, and lost together. */
  readonly networks?: number;
  /** Jobs to do, with those that they read. Default: all. */
  readonly only?: JobFilter;
  /** Between two snapshots of a training, from which it goes on after a break. Default 5. */
  readonly snapshotSeconds?: number;
}

/**
 * Makes every record of an experiment that is not there yet: trains what is to be trained, then measures each
 * checkpoint. Records do not depend on the number of workers, on how runs are grouped, or on interruptions in between.
 *
 * A job that fails is reported and the others go on. On cancellation, work in hand is dropped and what is finished stays.
 *
 * @throws {StoreError} when the store cannot be read or written; everything stops
 */
export async function runExperiment(
  spec: ExperimentSpec,
  options: RunExperimentOptions,
): Promise<RunSummary> {
  const sweep = new SweepInProgress(spec, options);
  await sweep.prepare();
  return sweep.work();
}

interface Measurement {
  readonly job: AnalysisJob;
  /** Hash of the checkpoint to measure. */
  readonly checkpoint: string;
  /** Whether a record is there that measured it, though other jobs that it read are made anew: they may come out the same. */
  readonly isThere: boolean;
}

class SweepInProgress {
  readonly #spec: ExperimentSpec;
  readonly #options: RunExperimentOptions;
  /** Of the whole experiment, whatever is asked for now. */
  readonly #all: readonly Job[];
  readonly #jobs: readonly Job[];
  readonly #byIdentity: ReadonlyMap<string, Job>;
  readonly #readByOthers: ReadonlySet<string>;
  readonly #store: Store;
  readonly #work: WorkFolder;
  readonly #onEvent: (event: RunEvent) => void;
  /** Aborted by the caller's signal, or when the store fails. */
  readonly #stop = new AbortController();
  readonly #analyses: Map<string, AnalysisJob[]>;
  readonly #found = new Map<string, RunRecord | AnalysisRecord>();
  readonly #start = performance.now();
  /** Jobs whose records were there. */
  readonly #there = new Set<string>();
  /** Jobs whose records were made now. */
  readonly #kept = new Set<string>();
  readonly #failed = new Map<string, FailedJob>();
  /** Tasks that can start; analyses carry no checkpoint yet, so that memory does not grow with the queue. */
  readonly #trainings: RunJob[][] = [];
  readonly #measurements: Measurement[] = [];
  /** How far tasks are that were given to the executor. */
  readonly #running = new Map<Task, number>();
  #meter = new ProgressMeter([], 0);
  #reused = 0;
  #diverged = 0;
  #nothingToMeasure = 0;

  constructor(spec: ExperimentSpec, options: RunExperimentOptions) {
    this.#spec = spec;
    this.#options = options;
    this.#store = options.store;
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#all = expandSpec(spec, options.numerics);
    this.#jobs = selectJobs(this.#all, options.only ?? (() => true));
    this.#work = workFolder(options.store, spec.experiment);
    this.#byIdentity = new Map(this.#jobs.map((job) => [job.identity, job]));
    const analyses = this.#jobs.filter((job) => job.kind === 'analysis');
    this.#readByOthers = new Set(analyses.flatMap(othersRead));
    this.#analyses = Map.groupBy(analyses, ({inputs}) => inputs[0] ?? '');
  }

  /** Writes what the sweep consists of, finds what is done, and queues what can start. */
  async prepare(): Promise<void> {
    await this.#store.removeTemporaries(this.#spec.experiment);
    // That of a later version is not written over.
    await headOf(this.#store, this.#spec.experiment);
    await this.#store.writeRecord(experimentRecord(this.#spec, this.#all));
    const found = await takeInventory(this.#store, this.#spec.experiment, this.#jobs, this.#onEvent);
    for (const [identity, record] of found) this.#found.set(identity, record);

    const runs = this.#jobs.filter((job) => job.kind === 'run');
    const missing = runs.filter(({identity}) => !this.#found.has(identity));
    this.#trainings.push(...(await this.#groups(missing)));
    for (const {identity} of runs) {
      const record = this.#found.get(identity);
      if (record?.kind !== 'run') continue;
      this.#reused += 1;
      if (record.data.outcome === 'diverged') this.#diverged += 1;
      await this.#queueAnalyses(record);
      this.#forget(identity);
    }
    const pending = [
      ...missing,
      ...missing.flatMap(({identity}) => this.#analyses.get(identity) ?? []),
      ...this.#measurements.map(({job}) => job),
    ];
    this.#meter = new ProgressMeter(pending, this.#jobs.length - pending.length);
    this.#onEvent({type: 'planned', total: this.#jobs.length, reused: this.#reused});
  }

  async #groups(missing: readonly RunJob[]): Promise<RunJob[][]> {
    const {executor, networks = 8} = this.#options;
    if (executor.shared === true) {
      const wanted = new Set(missing);
      const all = this.#all.filter((job) => job.kind === 'run');
      return groupRuns(all, 1, networks)
        .map((group) => group.filter((job) => wanted.has(job)))
        .filter(({length}) => length > 0);
    }
    const steps = new Map<string, number>();
    for (const {identity} of missing) steps.set(identity, await this.#work.stepOf(identity));
    return groupRuns(missing, executor.workers, networks, steps);
  }

  async work(): Promise<RunSummary> {
    await forgetSweeps(this.#work.directory);
    await this.#sweepWork();
    const endReport = reportSweep(this.#work.directory, () => this.#report());
    try {
      return await this.#workOff();
    } finally {
      await endReport();
      await this.#sweepWork();
    }
  }

  async #workOff(): Promise<RunSummary> {
    const {signal, executor} = this.#options;
    const forward = (): void => this.#stop.abort(signal?.reason);
    if (signal?.aborted === true) forward();
    signal?.addEventListener('abort', forward, {once: true});
    try {
      const running = new Set<Promise<void>>();
      for (;;) {
        while (running.size < executor.workers && !this.#stop.signal.aborted) {
          const next = this.#next();
          if (next === undefined) break;
          const work = next().finally(() => running.delete(work));
          running.add(work);
        }
        if (running.size === 0) break;
        await Promise.race(running);
      }
    } finally {
      signal?.removeEventListener('abort', forward);
    }
    if (this.#stop.signal.aborted && signal?.aborted !== true) throw this.#stop.signal.reason;
    return this.#summary(signal?.aborted === true);
  }

  /** Training first: everything else waits for it. */
  #next(): (() => Promise<void>) | undefined {
    const jobs = this.#trainings.shift();
    if (jobs !== undefined) return () => this.#perform({kind: 'train', jobs});
    const ready = this.#measurements.findIndex(({job}) => othersRead(job).every((id) => this.#found.has(id)));
    const [measurement] = ready < 0 ? [] : this.#measurements.splice(ready, 1);
    return measurement && (() => this.#measure(measurement));
  }

  async #measure({job, checkpoint, isThere}: Measurement): Promise<void> {
    if (othersRead(job).some((identity) => this.#isDiverged(identity))) {
      this.#nothingToMeasure += 1;
      this.#meter.settle([job]);
      return;
    }
    try {
      // Another sweep of the folder may have made it anew meanwhile.
      const earlier = isThere ? await this.#store.read(job) : undefined;
      if (earlier?.kind === 'analysis') {
        if (readsWhatIsThere(earlier, job, checkpoint, this.#found)) {
          this.#reused += 1;
          this.#forget(job.identity);
          this.#meter.settle([job]);
          return;
        }
        await this.#moveAside(earlier, 'it read other files of the jobs that it reads');
      }
      const bytes = await this.#store.readCheckpoint(job.experiment, checkpoint);
      const inputs = await Promise.all(othersRead(job).map((identity) => this.#input(identity)));
      await this.#perform({
        kind: 'analyze',
        job,
        checkpoint: bytes,
        checkpointHash: checkpoint,
        inputs,
      });
    } catch (error) {
      this.#stop.abort(error);
    }
  }

  #isDiverged(identity: string): boolean {
    const record = this.#found.get(identity);
    return record?.kind === 'run' && record.data.checkpoint === null;
  }

  /** A job that is done, for an analysis to read. */
  async #input(identity: string): Promise<AnalysisInput> {
    const record = this.#found.get(identity);
    const checkpoint = record === undefined ? null : checkpointOf(record);
    if (record === undefined || checkpoint === null)
      throw new Error(`experiments.runExperiment: expected the job ${identity} and its file, got none`);
    const {sha256} = checkpoint;
    return {record, sha256, checkpoint: await this.#store.readCheckpoint(record.experiment, sha256)};
  }

  /** Does a task and keeps its records. Never throws: a failed store stops the sweep instead. */
  async #perform(task: Task): Promise<void> {
    let results: JobResult[];
    this.#running.set(task, 0);
    try {
      results = await this.#options.executor.execute(task, {
        signal: this.#stop.signal,
        work: {folder: this.#work.directory, snapshotSeconds: this.#options.snapshotSeconds ?? 5},
        onNote: ({identity, text}) => {
          const job = this.#byIdentity.get(identity);
          if (job !== undefined) this.#onEvent({type: 'note', job, text});
        },
        onProgress: (fraction) => {
          this.#running.set(task, fraction);
          this.#meter.report(task, fraction);
          this.#tell();
        },
      });
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      for (const job of jobsOf(task)) this.#fail(job, error);
      this.#meter.settle(jobsOf(task), task);
      this.#tell();
      return;
    } finally {
      this.#running.delete(task);
    }
    this.#meter.settle(jobsOf(task), task);
    try {
      for (const result of results) await this.#keep(result);
      // What stays behind where this fails goes by itself in time.
      await this.#options.executor.settled?.(task).catch(() => undefined);
    } catch (error) {
      this.#stop.abort(error);
    }
    this.#tell();
  }

  async #keep(result: JobResult): Promise<void> {
    const {identity} = result.record;
    const job = this.#byIdentity.get(identity);
    if (job === undefined)
      throw new Error(`experiments.runExperiment: a worker returned the unknown job ${identity}`);
    let record: RunRecord | AnalysisRecord;
    try {
      record = await this.#withCheckpoint(result);
      await this.#store.writeRecord(record);
    } catch (error) {
      if (!(error instanceof InvalidRecordError)) throw error;
      this.#fail(job, error);
      return;
    }
    this.#kept.add(identity);
    await this.#work.clear(identity);
    if (this.#readByOthers.has(identity)) this.#found.set(identity, record);
    const outcome = record.kind === 'run' ? record.data.outcome : 'completed';
    if (outcome === 'diverged') this.#diverged += 1;
    this.#onEvent({type: 'finished', job, outcome, seconds: record.provenance.wallSeconds});
    if (record.kind === 'run') this.#meter.settle(await this.#queueAnalyses(record));
  }

  /** Stores the checkpoint before the record that names it. */
  async #withCheckpoint(result: JobResult): Promise<RunRecord | AnalysisRecord> {
    const {record} = result;
    if (result.checkpoint === null) return record;
    const checkpoint = await this.#store.writeCheckpoint(record.experiment, result.checkpoint);
    return {...record, data: {...record.data, checkpoint}} as RunRecord | AnalysisRecord;
  }

  /**
   * Queues the analyses of a run that are not there. One of another checkpoint is stale: it is moved aside.
   *
   * @returns those that need not be made
   */
  async #queueAnalyses(run: RunRecord): Promise<Job[]> {
    const settled: Job[] = [];
    for (const job of this.#analyses.get(run.identity) ?? []) {
      const record = this.#found.get(job.identity);
      if (run.data.checkpoint === null) {
        this.#nothingToMeasure += 1;
        settled.push(job);
      } else if (
        record?.kind === 'analysis' &&
        readsWhatIsThere(record, job, run.data.checkpoint.sha256, this.#found)
      ) {
        this.#reused += 1;
        this.#forget(job.identity);
        settled.push(job);
      } else {
        const {sha256} = run.data.checkpoint;
        const isThere = record?.kind === 'analysis' && record.checkpoint === sha256;
        if (record !== undefined && !isThere)
          await this.#moveAside(record, 'it measures the checkpoint of an earlier run');
        this.#found.delete(job.identity);
        this.#measurements.push({job, checkpoint: sha256, isThere});
      }
    }
    return settled;
  }

  async #moveAside(record: RunRecord | AnalysisRecord, reason: string): Promise<void> {
    await moveAside(this.#store, this.#store.pathOf(record), reason, this.#onEvent);
  }

  /** Records may be many and large: of those that are there, only what is read again is kept at hand. */
  #forget(identity: string): void {
    this.#there.add(identity);
    if (!this.#readByOthers.has(identity)) this.#found.delete(identity);
  }

  /** A job that failed takes along those that read it. */
  #fail(job: Job, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#failed.set(job.identity, {job, error: message});
    this.#onEvent({type: 'failed', job, error: message});
    const reading = job.kind === 'run' ? 'its run failed' : `the ${job.analysis} that it reads failed`;
    const dependent = this.#jobs.filter(
      ({identity, inputs}) => inputs.includes(job.identity) && !this.#failed.has(identity),
    );
    for (const analysis of dependent) this.#failed.set(analysis.identity, {job: analysis, error: reading});
    this.#meter.settle(dependent);
  }

  /** Takes away what is left of the work on jobs that are done. */
  async #sweepWork(): Promise<void> {
    const done = new Set([...this.#there, ...this.#kept].map((identity) => identity.slice(0, 16)));
    await this.#work.sweep((start) => done.has(start));
  }

  #report(): Omit<ReportContent, 'startedAt' | 'ended'> {
    const {fraction, secondsLeft} = this.#meter.read();
    // Tasks that others may do wait in a queue until the first word of them.
    const begun = [...this.#running].filter(([, done]) => done > 0 || this.#options.executor.shared !== true);
    return {
      fraction,
      secondsLeft,
      running: begun.flatMap(([task, done]) =>
        jobsOf(task).map(({identity}) => ({identity, fraction: done})),
      ),
      failed: [...this.#failed.values()].map(({job, error}) => ({identity: job.identity, error})),
    };
  }

  #tell(): void {
    this.#onEvent({type: 'progress', progress: this.#meter.read()});
  }

  #summary(interrupted: boolean): RunSummary {
    return {
      experiment: this.#spec.experiment,
      profile: this.#spec.profile,
      jobs: this.#jobs.length,
      reused: this.#reused,
      done: this.#kept.size,
      diverged: this.#diverged,
      nothingToMeasure: this.#nothingToMeasure,
      failed: [...this.#failed.values()],
      interrupted,
      seconds: (performance.now() - this.#start) / 1000,
    };
  }
}
