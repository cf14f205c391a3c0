import {pathToFileURL} from 'node:url';
import {InternalError} from '@minefield/core';
import {type AnalysisRecord, InvalidRecordError, type RunRecord} from '@minefield/results';
import type {ExperimentSpec} from '@minefield/spec';
import {failureText} from '../execute/failure.ts';
import {expandSpec} from '../jobs/expand.ts';
import {type Job, othersRead} from '../jobs/job.ts';
import {type JobResult, type Task, jobsOf} from '../jobs/task.ts';
import {type WorkFolder, workFolder} from '../resume/work-folder.ts';
import {experimentRecord} from './experiment-record.ts';
import {readExperimentRecord, readsWhatIsThere, takeInventory} from './inventory.ts';
import {SweepLedger} from './ledger.ts';
import {ProgressMeter} from './progress.ts';
import {type Queueing, queueAnalyses} from './queue-analyses.ts';
import {RecordKeeper} from './record-keeper.ts';
import type {RunEvent, RunSummary} from './run-events.ts';
import {type Measurement, SweepSchedule} from './schedule.ts';
import type {RunExperimentOptions} from './sweep-options.ts';
import {type ReportContent, forgetSweeps, reportSweep} from './sweep-report.ts';
import {trainingGroups} from './training-groups.ts';

/** Brings together what is known (the ledger), what comes next (the schedule) and the files (the keeper). */
export class SweepInProgress {
  readonly #spec: ExperimentSpec;
  readonly #options: RunExperimentOptions;
  readonly #ledger: SweepLedger;
  readonly #schedule = new SweepSchedule();
  readonly #keeper: RecordKeeper;
  readonly #queueing: Queueing;
  readonly #work: WorkFolder;
  readonly #onEvent: (event: RunEvent) => void;
  /** Aborted by the caller's signal, or when the store fails. */
  readonly #stop = new AbortController();
  /** How far tasks are that were given to the executor. */
  readonly #running = new Map<Task, number>();
  readonly #start = performance.now();
  #meter = new ProgressMeter([], 0);

  constructor(spec: ExperimentSpec, options: RunExperimentOptions) {
    const {store, numerics, sources, only = () => true, onEvent = () => undefined} = options;
    this.#spec = spec;
    this.#options = options;
    this.#onEvent = onEvent;
    this.#ledger = new SweepLedger(expandSpec(spec, {numerics, sources}), only);
    this.#keeper = new RecordKeeper(store, onEvent);
    this.#queueing = {ledger: this.#ledger, schedule: this.#schedule, keeper: this.#keeper};
    this.#work = workFolder(store, spec.experiment);
  }

  /** Writes what the sweep consists of, finds what is done, and queues what can start. */
  async prepare(): Promise<void> {
    const {store} = this.#options;
    const {experiment} = this.#spec;
    const ledger = this.#ledger;
    await store.removeTemporaries(experiment);
    // That of a later version is not written over.
    await readExperimentRecord(store, experiment);
    await store.writeRecord(experimentRecord(this.#spec, ledger.all));
    ledger.open(await takeInventory(store, experiment, ledger.jobs, this.#onEvent));

    const missing = ledger.runs().filter(({identity}) => !ledger.records.has(identity));
    this.#schedule.addTrainings(await trainingGroups(missing, ledger, this.#work, this.#options));
    for (const {identity} of ledger.runs()) {
      const record = ledger.records.get(identity);
      if (record?.kind !== 'run') continue;
      await queueAnalyses(record, this.#queueing);
      ledger.reuse(record);
    }
    const pending = [
      ...missing,
      ...missing.flatMap(({identity}) => ledger.analysesOf(identity)),
      ...this.#schedule.measurements.map(({job}) => job),
    ];
    this.#meter = new ProgressMeter(pending, ledger.jobs.length - pending.length);
    this.#onEvent({type: 'planned', total: ledger.jobs.length, reused: ledger.reused});
  }

  async work(): Promise<RunSummary> {
    const sweepWork = async (): Promise<void> => {
      const stored = this.#ledger.stored();
      await this.#work.sweep((start) => stored.has(start));
    };
    await forgetSweeps(this.#work.directory);
    await sweepWork();
    const endReport = reportSweep(this.#work.directory, () => this.#report());
    try {
      return await this.#workOff();
    } finally {
      await endReport();
      await sweepWork();
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
          const next = this.#schedule.next((identity) => this.#ledger.records.has(identity));
          if (next === undefined) break;
          const begun = 'job' in next ? this.#measure(next) : this.#perform({kind: 'train', jobs: next});
          const work = begun.finally(() => running.delete(work));
          running.add(work);
        }
        if (running.size === 0) break;
        await Promise.race(running);
      }
    } finally {
      signal?.removeEventListener('abort', forward);
    }
    const interrupted = signal?.aborted === true;
    if (this.#stop.signal.aborted && !interrupted) throw this.#stop.signal.reason;
    return this.#summary(interrupted);
  }

  /** Never throws: a failed store stops the sweep instead. */
  async #measure({job, checkpoint, isThere}: Measurement): Promise<void> {
    const ledger = this.#ledger;
    const others = othersRead(job);
    if (others.some((identity) => ledger.isDiverged(identity))) {
      ledger.skip();
      this.#meter.settle([job]);
      return;
    }
    try {
      const earlier = isThere ? await this.#keeper.earlier(job) : undefined;
      if (earlier !== undefined) {
        if (readsWhatIsThere(earlier, job, checkpoint, ledger.records)) {
          ledger.reuse(earlier);
          this.#meter.settle([job]);
          return;
        }
        await this.#keeper.moveAside(earlier, 'it read other files of the jobs that it reads');
      }
      const bytes = await this.#keeper.checkpoint(job.experiment, checkpoint);
      const inputs = await Promise.all(others.map((id) => this.#keeper.input(ledger.records.get(id))));
      await this.#perform({kind: 'analyze', job, checkpoint: bytes, checkpointHash: checkpoint, inputs});
    } catch (error) {
      this.#stop.abort(error);
    }
  }

  /** Does a task and keeps its records. Never throws: a failed store stops the sweep instead. */
  async #perform(task: Task): Promise<void> {
    const {executor} = this.#options;
    let results: JobResult[];
    this.#running.set(task, 0);
    try {
      results = await this.#execute(task);
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
      await executor.settled?.(task).catch(() => undefined);
    } catch (error) {
      this.#stop.abort(error);
    }
    this.#tell();
  }

  #execute(task: Task): Promise<JobResult[]> {
    const {executor, snapshotSeconds = 5} = this.#options;
    return executor.execute(task, {
      signal: this.#stop.signal,
      work: {storage: pathToFileURL(this.#work.directory).href, snapshotSeconds},
      onNote: ({identity, text}) => {
        const job = this.#ledger.job(identity);
        if (job !== undefined) this.#onEvent({type: 'note', job, text});
      },
      onProgress: (fraction) => {
        this.#running.set(task, fraction);
        this.#meter.report(task, fraction);
        this.#tell();
      },
    });
  }

  async #keep(result: JobResult): Promise<void> {
    const {identity} = result.record;
    const job = this.#ledger.job(identity);
    if (job === undefined) {
      throw new InternalError(
        `experiments.runExperiment: expected results of the jobs asked for, got one of ${identity}`,
      );
    }
    let record: RunRecord | AnalysisRecord;
    try {
      record = await this.#keeper.keep(result);
    } catch (error) {
      if (!(error instanceof InvalidRecordError)) throw error;
      this.#fail(job, error);
      return;
    }
    await this.#work.clear(identity);
    this.#ledger.enter(record);
    const outcome = record.kind === 'run' ? record.data.outcome : 'completed';
    this.#onEvent({type: 'finished', job, outcome, seconds: record.provenance.wallSeconds});
    if (record.kind === 'run') this.#meter.settle(await queueAnalyses(record, this.#queueing));
  }

  #fail(job: Job, error: unknown): void {
    const message = failureText(error);
    this.#onEvent({type: 'failed', job, error: message});
    this.#meter.settle(this.#ledger.fail(job, message));
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
      failed: this.#ledger.counts().failed.map(({job, error}) => ({identity: job.identity, error})),
    };
  }

  #tell(): void {
    this.#onEvent({type: 'progress', progress: this.#meter.read()});
  }

  #summary(interrupted: boolean): RunSummary {
    const {experiment, profile} = this.#spec;
    const seconds = (performance.now() - this.#start) / 1000;
    return {experiment, profile, ...this.#ledger.counts(), interrupted, seconds};
  }
}
