import type {AnalysisRecord, ExperimentRecord, RunRecord} from '@minefield/results';
import {type CheckpointReference, type Store, StoreError} from '@minefield/results/node';
import {type AnalysisJob, type Job, othersRead} from '../jobs/job.ts';
import {saidOtherwise} from '../jobs/said-otherwise.ts';
import type {RunEvent} from './run-events.ts';

/** The records of these jobs that are there and whole, by identity. */
export type Inventory = Map<string, RunRecord | AnalysisRecord>;

/** A file that is of no use, and why. */
export interface Fault {
  readonly file: string;
  readonly reason: string;
}

/**
 * Looks through the folder of an experiment before a sweep. A file that is no valid record, a record that says otherwise
 * than the job of its identity, and one whose checkpoint is lost or damaged are moved aside and reported, so that their jobs are done anew.
 *
 * @throws {StoreError} when a file cannot be read for another reason, such as its permissions
 */
export async function takeInventory(
  store: Store,
  experiment: string,
  jobs: readonly Job[],
  onEvent: (event: RunEvent) => void,
): Promise<Inventory> {
  const {found, faults} = await inspectInventory(store, experiment, jobs);
  for (const {file, reason} of faults) await moveAside(store, file, reason, onEvent);
  return found;
}

/**
 * As {@link takeInventory}, but moves nothing.
 *
 * @throws {StoreError} when a file cannot be read for another reason than its content
 */
export async function inspectInventory(
  store: Store,
  experiment: string,
  jobs: readonly Job[],
): Promise<{readonly found: Inventory; readonly faults: readonly Fault[]}> {
  const {records, faults: unreadable} = await store.inspect(experiment);
  const faults: Fault[] = [];
  for (const fault of unreadable) {
    if (fault.code !== 'INVALID') throw fault;
    faults.push({file: fault.file, reason: firstLine(fault.message)});
  }
  const wanted = new Map(jobs.map((job) => [job.identity, job]));
  const found: Inventory = new Map();
  for (const record of records) {
    const job = record.kind === 'experiment' ? undefined : wanted.get(record.identity);
    if (record.kind === 'experiment' || job === undefined) continue;
    const reason = identityFault(record, job) ?? (await checkpointFault(store, record));
    if (reason === undefined) found.set(record.identity, record);
    else faults.push({file: store.pathOf(record), reason});
  }
  return {found, faults};
}

/**
 * What a folder says that an experiment consists of; undefined where it says nothing, or what is damaged and may be written
 * anew.
 *
 * @throws {StoreError} where a later version wrote it
 */
export async function readExperimentRecord(
  store: Store,
  experiment: string,
): Promise<ExperimentRecord | undefined> {
  try {
    const head = await store.read({kind: 'experiment', experiment});
    return head?.kind === 'experiment' ? head : undefined;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'INVALID') return undefined;
    throw error;
  }
}

/** Moves a record out of the way and says so. Where it is gone already, another sweep of the folder has done it. */
export async function moveAside(
  store: Store,
  from: string,
  reason: string,
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  try {
    onEvent({type: 'moved-aside', from, to: await store.quarantine(from), reason});
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'ENOENT')) throw error;
  }
}

/** The file that a record names as its own; null where it has none. */
export function checkpointOf({data}: RunRecord | AnalysisRecord): CheckpointReference | null {
  return 'checkpoint' in data ? data.checkpoint : null;
}

/**
 * Whether an analysis measured the files that there are now.
 *
 * @param checkpoint hash of its run's checkpoint
 * @param found records that it may read; stale ones are no longer among them
 */
export function readsWhatIsThere(
  record: AnalysisRecord,
  job: AnalysisJob,
  checkpoint: string,
  found: ReadonlyMap<string, RunRecord | AnalysisRecord>,
): boolean {
  if (record.checkpoint !== checkpoint) return false;
  const read = filesRead(record);
  return othersRead(job).every((identity, i) => {
    const other = found.get(identity);
    return other !== undefined && checkpointOf(other)?.sha256 === read[i];
  });
}

/** Hashes of the files that an analysis says it read besides its run's. */
function filesRead(record: AnalysisRecord): readonly string[] {
  if (record.analysis === 'minefield') return record.data.searches;
  return record.analysis === 'connectivity' ? [record.data.otherCheckpoint] : [];
}

function identityFault(record: RunRecord | AnalysisRecord, job: Job): string | undefined {
  const part = saidOtherwise(record, job);
  return part === undefined ? undefined : `its ${part} is not what its identity was made of`;
}

async function checkpointFault(
  store: Store,
  record: RunRecord | AnalysisRecord,
): Promise<string | undefined> {
  const checkpoint = checkpointOf(record);
  if (checkpoint === null) return undefined;
  try {
    await store.readCheckpoint(record.experiment, checkpoint.sha256);
    return undefined;
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'INVALID' || error.code === 'ENOENT')) {
      return `its checkpoint ${checkpoint.file} is ${error.code === 'ENOENT' ? 'missing' : 'damaged'}`;
    }
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 2).join(' ').trim();
}
