import {InternalError} from '@minefield/core';
import type {AnalysisRecord, RunRecord} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import type {AnalysisJob} from '../jobs/job.ts';
import type {AnalysisInput, JobResult} from '../jobs/task.ts';
import {checkpointOf, moveAside} from './inventory.ts';
import type {RunEvent} from './run-events.ts';

/** Writes and reads the files of a sweep. */
export class RecordKeeper {
  readonly #store: Store;
  readonly #onEvent: (event: RunEvent) => void;

  constructor(store: Store, onEvent: (event: RunEvent) => void) {
    this.#store = store;
    this.#onEvent = onEvent;
  }

  /**
   * Stores what a job gave: its checkpoint before the record that names it.
   *
   * @throws {InvalidRecordError} when the record holds what records may not
   * @throws {StoreError} when it cannot be written
   */
  async keep({record: made, checkpoint}: JobResult): Promise<RunRecord | AnalysisRecord> {
    const record = checkpoint === null ? made : await this.#naming(made, checkpoint);
    await this.#store.writeRecord(record);
    return record;
  }

  async #naming(record: RunRecord | AnalysisRecord, bytes: Uint8Array): Promise<RunRecord | AnalysisRecord> {
    const checkpoint = await this.#store.writeCheckpoint(record.experiment, bytes);
    return {...record, data: {...record.data, checkpoint}} as RunRecord | AnalysisRecord;
  }

  /** The record of an analysis as it is now: another sweep of the folder may have made it anew. */
  async earlier(job: AnalysisJob): Promise<AnalysisRecord | undefined> {
    const record = await this.#store.read(job);
    return record?.kind === 'analysis' ? record : undefined;
  }

  checkpoint(experiment: string, sha256: string): Promise<Uint8Array> {
    return this.#store.readCheckpoint(experiment, sha256);
  }

  /** A job that is done, for an analysis to read. */
  async input(record: RunRecord | AnalysisRecord | undefined): Promise<AnalysisInput> {
    const checkpoint = record === undefined ? null : checkpointOf(record);
    if (record === undefined || checkpoint === null) {
      throw new InternalError('experiments.runExperiment: expected a record with its file to read, got none');
    }
    const {sha256} = checkpoint;
    return {record, sha256, checkpoint: await this.checkpoint(record.experiment, sha256)};
  }

  async moveAside(record: RunRecord | AnalysisRecord, reason: string): Promise<void> {
    await moveAside(this.#store, this.#store.pathOf(record), reason, this.#onEvent);
  }
}
