import {createHash} from 'node:crypto';
import {stat, unlink} from 'node:fs/promises';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import {formatRecord} from '../format-record.ts';
import {InvalidRecordError, NewerRecordError} from '../invalid-record-error.ts';
import {parseRecord} from '../parse-record.ts';
import {readRecordText} from '../read-record-text.ts';
import type {AnalysisRecord, ResultRecord} from '../record.ts';
import {isMissing} from './destination.ts';
import {exists, listFiles, moveAside, readBytes, readText} from './files.ts';
import {analysisIdentityFaults, runIdentityFault} from './identity-fault.ts';
import {checkpointFile, type RecordAddress, recordPath} from './paths.ts';
import {StoreError, storeError} from './store-error.ts';
import {isOrphan} from './process-tag.ts';
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

/** A record's file as its name tells it. */
export interface RecordFile {
  /** `run`, or the name of the analysis. */
  readonly kind: string;
  /** The start of the record's identity; see {@link shortIdentity}. */
  readonly identityStart: string;
}

/** A folder of records and checkpoints. Writers may share it: equal content lands under equal names. */
export interface Store {
  readonly directory: string;
  /** Absolute path of a record's file, there or not. */
  pathOf(address: RecordAddress): string;
  /** What records of an experiment there are, by the names of their files: none is opened. */
  list(experiment: string): Promise<readonly RecordFile[]>;
  /** Whether a record is there; it is not opened. */
  has(address: RecordAddress): Promise<boolean>;
  /** @returns the record, or undefined where there is none. @throws {StoreError} where it is unreadable, invalid, or not what its identity says. */
  read(address: RecordAddress): Promise<ResultRecord | undefined>;
  /** @returns all records, of one experiment or of all, in order of path. @throws {StoreError} naming every bad file. */
  readRecords(experiment?: string): Promise<readonly ResultRecord[]>;
  /** As `readRecords`, but bad files are listed, not thrown. */
  inspect(experiment?: string): Promise<Inventory>;
  /** Validates and writes a record, over an older one with its address. @returns its path. */
  writeRecord(record: ResultRecord): Promise<string>;
  /** Writes a checkpoint unless it is there. @returns what a run record says of it. */
  writeCheckpoint(experiment: string, bytes: Uint8Array): Promise<CheckpointReference>;
  /** @throws {StoreError} where the file is unreadable or its hash is another. */
  readCheckpoint(experiment: string, sha256: string): Promise<Uint8Array>;
  /** Moves a bad file into the folder `quarantine` of its experiment. @returns its new path. */
  quarantine(file: string): Promise<string>;
  /** Deletes an experiment's temporary files that a killed process left, of other machines where they are old. @returns how many. */
  removeTemporaries(experiment: string, olderThanSeconds?: number): Promise<number>;
}

/** Opens a results folder; nothing is made or read until it is asked for. */
export function openStore(directory: string, options: StoreOptions = {}): Store {
  const root = resolve(directory);
  const {maximumRecordBytes = 2 ** 26} = options;
  const pathOf = (address: RecordAddress): string => join(root, recordPath(address));

  async function readFileOf(file: string): Promise<ResultRecord> {
    const record = await readRecord(file);
    if (pathOf(record) !== file) {
      const message = `${file} holds the record that belongs at ${recordPath(record)}; ${remedy(file)}`;
      throw new StoreError(message, file, 'INVALID');
    }
    const fault = record.kind === 'run' ? runIdentityFault(record, file) : undefined;
    if (fault !== undefined) throw invalid(file, fault);
    return record;
  }

  async function readRecord(file: string): Promise<ResultRecord> {
    try {
      const text = await readText(file, maximumRecordBytes);
      return readRecordText(text, file, {maximumLength: maximumRecordBytes});
    } catch (error) {
      throw error instanceof InvalidRecordError ? invalid(file, error) : error;
    }
  }

  async function inspect(experiment?: string): Promise<Inventory> {
    return inspectFiles(await recordFiles(root, experiment));
  }

  async function inspectFiles(files: readonly string[]): Promise<Inventory> {
    const whole: ResultRecord[] = [];
    const faults: StoreError[] = [];
    for (const file of files) {
      try {
        whole.push(await readFileOf(file));
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        faults.push(error);
      }
    }
    // Only once all runs are there can analyses be held against them.
    const faultOf = analysisIdentityFaults(whole);
    const records: ResultRecord[] = [];
    for (const record of whole) {
      const file = pathOf(record);
      const fault = record.kind === 'analysis' ? faultOf(record, file) : undefined;
      if (fault === undefined) records.push(record);
      else faults.push(invalid(file, fault));
    }
    return {records, faults: faults.toSorted((a, b) => (a.file < b.file ? -1 : 1))};
  }

  /** The files that tell an analysis from one that says otherwise than it did: its own, its run's, a map's searches. */
  async function filesAround(record: AnalysisRecord): Promise<readonly string[]> {
    const {experiment, run} = record;
    const files = [pathOf({kind: 'run', experiment, identity: run}), pathOf(record)];
    if (record.analysis !== 'minefield') return files;
    const all = await recordFiles(root, experiment);
    return [...all.filter((file) => basename(dirname(file)) === 'search'), ...files];
  }

  return {
    directory: root,
    pathOf,
    has: (address) => exists(pathOf(address)),

    async read(address) {
      const file = pathOf(address);
      if (!(await exists(file))) return undefined;
      const record = await readFileOf(file);
      if (record.kind !== 'analysis') return record;
      const {faults} = await inspectFiles(await filesAround(record));
      const own = faults.find((fault) => fault.file === file);
      if (own !== undefined) throw own;
      return record;
    },

    inspect,

    async list(experiment) {
      const files = await recordFiles(root, experiment);
      return files.flatMap((file): RecordFile[] => {
        const identityStart = /^([0-9a-f]{16})\.json$/.exec(basename(file))?.[1];
        return identityStart === undefined ? [] : [{kind: basename(dirname(file)), identityStart}];
      });
    },

    async readRecords(experiment) {
      const {records, faults} = await inspect(experiment);
      const [first] = faults;
      if (first === undefined) return records;
      throw new StoreError(faults.map(({message}) => message).join('\n'), first.file, first.code);
    },

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

    async quarantine(file) {
      const inside = relative(root, resolve(root, file)).split(sep);
      const [experiment, ...rest] = inside;
      if (experiment === undefined || experiment === '..' || rest.length === 0) {
        throw new RangeError(`results.quarantine: expected a file of an experiment in ${root}, got ${file}`);
      }
      return moveAside(join(root, ...inside), join(root, experiment, 'quarantine'), rest.join('-'));
    },

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

function invalid(file: string, error: InvalidRecordError): StoreError {
  if (error instanceof NewerRecordError) return new StoreError(error.message, file, 'NEWER', {cause: error});
  return new StoreError(`${error.message}\n  ${remedy(file)}`, file, 'INVALID', {cause: error});
}

function remedy(file: string): string {
  return `move ${basename(file)} aside and run the experiment again, or restore it`;
}

/** Files of records below the root: `<experiment>/experiment.json` and `<experiment>/<kind>/<name>.json`. */
async function recordFiles(root: string, experiment: string | undefined): Promise<string[]> {
  const folder = experiment === undefined ? root : dirname(join(root, recordPath({kind: 'experiment', experiment})));
  const files = await listFiles(folder);
  return files
    .filter((file) => {
      const [, kind, name, ...deeper] = relative(root, file).split(sep);
      if (deeper.length > 0 || kind === undefined) return false;
      if (name === undefined) return kind === 'experiment.json';
      if (kind === 'checkpoints' || kind === 'quarantine' || kind.startsWith('.')) return false;
      return name.endsWith('.json') && !name.startsWith('.');
    })
    .toSorted();
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
