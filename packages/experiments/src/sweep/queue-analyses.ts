import type {RunRecord} from '@minefield/results';
import type {Job} from '../jobs/job.ts';
import {readsWhatIsThere} from './inventory.ts';
import type {SweepLedger} from './ledger.ts';
import type {RecordKeeper} from './record-keeper.ts';
import type {SweepSchedule} from './schedule.ts';

/** What is known, what comes next, and the files. */
export interface Queueing {
  readonly ledger: SweepLedger;
  readonly schedule: SweepSchedule;
  readonly keeper: RecordKeeper;
}

/**
 * Queues the analyses of a run that are not there. One of another checkpoint is stale: it is moved aside.
 *
 * @returns those that need not be made
 */
export async function queueAnalyses(run: RunRecord, {ledger, schedule, keeper}: Queueing): Promise<Job[]> {
  const settled: Job[] = [];
  for (const job of ledger.analysesOf(run.identity)) {
    const record = ledger.records.get(job.identity);
    if (run.data.checkpoint === null) {
      ledger.skip();
      settled.push(job);
      continue;
    }
    const {sha256} = run.data.checkpoint;
    if (record?.kind === 'analysis' && readsWhatIsThere(record, job, sha256, ledger.records)) {
      ledger.reuse(record);
      settled.push(job);
      continue;
    }
    const isThere = record?.kind === 'analysis' && record.checkpoint === sha256;
    if (record !== undefined && !isThere)
      await keeper.moveAside(record, 'it measures the checkpoint of an earlier run');
    ledger.discard(job.identity);
    schedule.addMeasurement({job, checkpoint: sha256, isThere});
  }
  return settled;
}
