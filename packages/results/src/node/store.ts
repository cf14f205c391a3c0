import {createHash} from 'node:crypto';
import {stat, unlink} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {formatRecord} from '../format-record.ts';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {parseRecord} from '../parse-record.ts';
import type {AnalysisRecord, ResultRecord} from '../record.ts';
import type {TableKind} from '../tables/table.ts';
import {isMissing} from './destination.ts';
import {type Examined, examine, faultsByFile, invalid} from './examine.ts';
import {exists, listFiles, readBytes} from './files.ts';
import {analysisIdentityFaults} from './identity-fault.ts';
import {packCache} from './pack-cache.ts';
import {checkpointFile, type RecordAddress, recordPath} from './paths.ts';
import {isOrphan} from './process-tag.ts';
import {lookAgain, type RecordPlace, recordPlaces} from './record-places.ts';
import {StoreError, storeError} from './store-error.ts';
import {streamRecords} from './stream-records.ts';
import {takeAside} from './take-aside.ts';
import {temporaryPattern, writeAtomically} from './write-atomically.ts';

export interface StoreOptions {
  /** Largest record that is read, in bytes. Default 64 MiB. */
  readonly maximumRecordBytes?: number;
}

/** A checkpoint as run records name it. */
export interface CheckpointReference {
  /** Relative to the experiment's folder. */
  readonly file: string;
  readonly sha256: string;
}

/** What a folder holds: the records that are whole, and the files that are not. */
export interface Inventory {
  readonly records: readonly ResultRecord[];
  readonly faults: readonly StoreError[];
}

/** A record as the name of its file tells it, or its line in a pack. */
export interface RecordFile {
  /** `run`, or the name of the analysis. */
  readonly kind: string;
  /** The first 16 digits of the record's identity. */
  readonly identityStart: string;
}

/**
 * A folder of records and checkpoints. Writers may share it: equal content lands under equal names. Records lie in files of their
 * own or in packs, one for each kind; where one lies in both, its own file counts, and what is written gets a file of its own.
 */
export interface Store {
  readonly directory: string;
  /** Absolute path of the file that a record is written to, there or not: it may lie in a pack. */
  pathOf(address: RecordAddress): string;
  /** What records of an experiment there are, by the names of their files, none of which is opened, and by its packs. */
  list(experiment: string): Promise<readonly RecordFile[]>;
  /** Whether a record is there; it is not looked into. @throws {StoreError} where it could only be in a damaged pack. */
  has(address: RecordAddress): Promise<boolean>;
  /** @returns the record, or undefined where there is none. @throws {StoreError} where it is unreadable, invalid, or not what its identity says. */
  read(address: RecordAddress): Promise<ResultRecord | undefined>;
  /** @returns all records, of one experiment or of all, in order of path. @throws {StoreError} naming every bad file. */
  readRecords(experiment?: string): Promise<readonly ResultRecord[]>;
  /**
   * Runs and measurements of an experiment, one after another, for more of them than fit into memory: in order of path within
   * each kind. @throws {StoreError} after all that is whole, naming every bad file.
   */
  stream(experiment: string, kinds: readonly TableKind[]): AsyncIterable<ResultRecord>;
  /** As `readRecords`, but bad files are listed, not thrown. */
  inspect(experiment?: string): Promise<Inventory>;
  /** Validates and writes a record, over an older one with its address. @returns its path. */
  writeRecord(record: ResultRecord): Promise<string>;
  /** Writes a checkpoint unless it is there. @returns what a run record says of it. */
  writeCheckpoint(experiment: string, bytes: Uint8Array): Promise<CheckpointReference>;
  /** @throws {StoreError} where the file is unreadable or its hash is another. */
  readCheckpoint(experiment: string, sha256: string): Promise<Uint8Array>;
  /**
   * Moves a bad file into the folder `quarantine` of its experiment, or the record that belongs there and lies in a pack. Of a
   * pack with bad lines a copy goes there; the other lines stay. @returns the new path.
   */
  quarantine(file: string): Promise<string>;
  /** Deletes an experiment's temporary files that a killed process left, of other machines where they are old. @returns how many. */
  removeTemporaries(experiment: string, olderThanSeconds?: number): Promise<number>;
}

/** Opens a results folder; nothing is made or read until it is asked for. */
export function openStore(directory: string, options: StoreOptions = {}): Store {
  const root = resolve(directory);
  const {maximumRecordBytes = 2 ** 26} = options;
  const packs = packCache({maximumLineBytes: maximumRecordBytes});
  const places = recordPlaces(root, packs, maximumRecordBytes);
  const pathOf = (address: RecordAddress): string => join(root, recordPath(address));

  async function find(address: RecordAddress): Promise<RecordPlace | undefined> {
    try {
      return await places.at(address);
    } catch (error) {
      throw error instanceof InvalidRecordError ? invalid(error.source, [error]) : error;
    }
  }

  /** Holds an analysis against what tells it from one that says otherwise than it did: its run, and a map's searches. */
  async function faultOf(
    record: AnalysisRecord,
    {source}: RecordPlace,
  ): Promise<InvalidRecordError | undefined> {
    const {experiment, run} = record;
    const around =
      record.analysis === 'minefield' ? (await places.all(experiment)).places.filter(isSearch) : [];
    const ofRun = await places.at({kind: 'run', experiment, identity: run}).catch(unlessInvalid);
    const {whole} = await examine(ofRun === undefined ? around : [...around, ofRun]);
    return analysisIdentityFaults(whole.map((each) => each.record))(record, source);
  }

  async function inspect(experiment?: string): Promise<Inventory> {
    const look = async (): Promise<Examined & {damaged: readonly InvalidRecordError[]}> => {
      const {places: all, damaged} = await places.all(experiment);
      return {damaged, ...(await examine(all))};
    };
    const {damaged, whole, faulty} = await lookAgain(look, anyGone);
    const faults = faultsByFile([...damaged.map((error) => ({file: error.source, error})), ...faulty]);
    return {records: whole.map(({record}) => record), faults};
  }

  return {
    directory: root,
    pathOf,
    inspect,
    has: async (address) => (await find(address)) !== undefined,

    async read(address) {
      const look = async (): Promise<Examined> => {
        const place = await find(address);
        return examine(place === undefined ? [] : [place]);
      };
      const {whole, faulty} = await lookAgain(look, anyGone);
      const [fault] = faultsByFile(faulty);
      if (fault !== undefined) throw fault;
      const [found] = whole;
      if (found?.record.kind !== 'analysis') return found?.record;
      const error = await faultOf(found.record, found.place);
      if (error !== undefined) throw invalid(found.file, [error]);
      return found.record;
    },

    async list(experiment) {
      const {places: all} = await places.all(experiment);
      return all.flatMap(({path}): RecordFile[] => {
        const identityStart = /^([0-9a-f]{16})\.json$/.exec(basename(path))?.[1];
        return identityStart === undefined ? [] : [{kind: basename(dirname(path)), identityStart}];
      });
    },

    async readRecords(experiment) {
      const {records, faults} = await inspect(experiment);
      const [first] = faults;
      if (first === undefined) return records;
      throw new StoreError(faults.map(({message}) => message).join('\n'), first.file, first.code);
    },

    stream: (experiment, kinds) => streamRecords(places, experiment, kinds),

    async writeRecord(record) {
      const valid = parseRecord(record, 'the record to write');
      const file = pathOf(valid);
      await writeAtomically(file, formatRecord(valid), {filesOnly: true});
      return file;
    },

    async writeCheckpoint(experiment, bytes) {
      const sha256 = hashOf(bytes);
      const file = checkpointFile(sha256);
      const path = join(dirname(pathOf({kind: 'experiment', experiment})), file);
      if (!(await exists(path)) || hashOf(await readBytes(path)) !== sha256) {
        await writeAtomically(path, bytes, {filesOnly: true});
      }
      return {file, sha256};
    },

    async readCheckpoint(experiment, sha256) {
      const path = join(dirname(pathOf({kind: 'experiment', experiment})), checkpointFile(sha256));
      const bytes = await readBytes(path);
      const found = hashOf(bytes);
      if (found === sha256) return bytes;
      const message = `${path} is damaged: expected SHA-256 ${sha256}, got ${found}; delete it and run the experiment again`;
      throw new StoreError(message, path, 'INVALID');
    },

    quarantine: (file) => takeAside(root, file, places, packs),

    async removeTemporaries(experiment, olderThanSeconds = 3600) {
      const entries = await listFiles(dirname(pathOf({kind: 'experiment', experiment})));
      const found = entries.filter((file) => temporaryPattern.test(basename(file)));
      let removed = 0;
      for (const file of found) {
        try {
          const {mtimeMs} = await stat(file);
          if (!isOrphan(file) && Date.now() - mtimeMs < olderThanSeconds * 1000) continue;
          await unlink(file);
          removed++;
        } catch (error) {
          if (!isMissing(error)) throw storeError('write', file, error);
        }
      }
      return removed;
    },
  };
}

/** Whether a file is not there that was, a moment before. */
function anyGone({faulty}: Examined): boolean {
  return faulty.some(({error}) => error instanceof StoreError && error.code === 'ENOENT');
}

function isSearch({path}: RecordPlace): boolean {
  return basename(dirname(path)) === 'search';
}

function unlessInvalid(error: unknown): undefined {
  if (!(error instanceof InvalidRecordError)) throw error;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
