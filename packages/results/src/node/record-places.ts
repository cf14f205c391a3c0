/** Where records lie: each in a file of its own, or in a line of its kind's pack. Its own file goes before the pack. */
import {basename, dirname, join, relative, sep} from 'node:path';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {parseRecord} from '../parse-record.ts';
import {readRecordText} from '../read-record-text.ts';
import type {ResultRecord} from '../record.ts';
import {exists, listFiles, listNames, readText} from './files.ts';
import {runIdentityFault} from './identity-fault.ts';
import type {PackCache} from './pack-cache.ts';
import {type RecordAddress, packOf, packedKind, recordPath} from './paths.ts';
import type {PackLine} from './read-pack.ts';
import {StoreError} from './store-error.ts';

export interface RecordPlace {
  /** Absolute path of the record's own file, there or not. */
  readonly path: string;
  /** Where it lies: its own file, or the pack. */
  readonly file: string;
  /** Names the place in errors: the file, of a pack with the line. */
  readonly source: string;
  /**
   * Reads the record, and holds it against its place, and a run against its identity.
   *
   * @throws {InvalidRecordError} where there is none, or another
   * @throws {StoreError} where the file cannot be read
   */
  read(): Promise<ResultRecord>;
}

/** What there is, and the packs that cannot be read as such. */
export interface Places {
  /** In order of their own files. */
  readonly places: readonly RecordPlace[];
  readonly damaged: readonly InvalidRecordError[];
}

/** Finds records in a results folder. */
export interface RecordPlaces {
  /** @throws {InvalidRecordError} where the record has no file and its pack is damaged */
  at(address: RecordAddress): Promise<RecordPlace | undefined>;
  /** Those of one experiment or of all. */
  all(experiment?: string): Promise<Places>;
}

/** Looks at a folder again so often where packs are made or taken apart meanwhile. */
const ATTEMPTS = 5;

/**
 * @param root - absolute
 * @param maximumBytes - of a record
 */
export function recordPlaces(root: string, packs: PackCache, maximumBytes: number): RecordPlaces {
  const own = (file: string): RecordPlace => ({
    path: file,
    file,
    source: file,
    read: async () =>
      held(readRecordText(await readText(file, maximumBytes), file, {maximumLength: maximumBytes}), root, file, file),
  });
  const packed = (file: string, line: PackLine): RecordPlace => {
    const {source, value, fault, identityStart = 'unknown'} = line;
    const path = join(dirname(file), packedKind(basename(file)) ?? '', `${identityStart}.json`);
    return {
      path,
      file,
      source,
      async read() {
        if (fault !== undefined) throw fault;
        return held(parseRecord(value, source), root, path, source);
      },
    };
  };

  const look = async (experiment: string | undefined): Promise<Places> => {
    const places: RecordPlace[] = [];
    const damaged: InvalidRecordError[] = [];
    const owned = new Set(await recordFiles(root, experiment));
    for (const file of await packFiles(root, experiment)) {
      try {
        const found = ((await packs.read(file))?.lines ?? []).map((line) => packed(file, line));
        places.push(...found.filter(({path}) => !owned.has(path)));
      } catch (error) {
        if (!(error instanceof InvalidRecordError)) throw error;
        damaged.push(error);
      }
    }
    places.push(...[...owned].map(own));
    return {places: places.toSorted((a, b) => (a.path < b.path ? -1 : 1)), damaged};
  };

  return {
    async at(address) {
      const file = join(root, recordPath(address));
      if (await exists(file)) return own(file);
      if (address.kind === 'experiment') return undefined;
      const pack = packOf(file);
      const line = (await packs.read(pack))?.byStart.get(basename(file, '.json'));
      if (line !== undefined) return packed(pack, line);
      // The pack may have been taken apart between the two looks.
      return (await exists(file)) ? own(file) : undefined;
    },

    async all(experiment) {
      for (let attempt = 1; ; attempt++) {
        const before = await stamps(packs, root, experiment);
        const found = await look(experiment);
        // A record that moved into a pack or out of one meanwhile may have been seen at neither place.
        if (attempt === ATTEMPTS || (await stamps(packs, root, experiment)) === before) return found;
      }
    },
  };
}

/** Looks again where a file went away after it was seen: a pack has taken the record in. */
export async function lookAgain<T>(look: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await look();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof StoreError && error.code === 'ENOENT')) throw error;
    }
  }
}

function held(record: ResultRecord, root: string, path: string, source: string): ResultRecord {
  const belongs = recordPath(record);
  if (join(root, belongs) !== path) {
    throw new InvalidRecordError(source, [{path: '', message: `it holds the record that belongs at ${belongs}`}]);
  }
  const fault = record.kind === 'run' ? runIdentityFault(record, source) : undefined;
  if (fault !== undefined) throw fault;
  return record;
}

/** Files of records below the root: `<experiment>/experiment.json` and `<experiment>/<kind>/<name>.json`. */
async function recordFiles(root: string, experiment: string | undefined): Promise<string[]> {
  const files = await listFiles(experiment === undefined ? root : folderOf(root, experiment));
  return files.filter((file) => {
    const [, kind, name, ...deeper] = relative(root, file).split(sep);
    if (deeper.length > 0 || kind === undefined) return false;
    if (name === undefined) return kind === 'experiment.json';
    if (kind === 'checkpoints' || kind === 'quarantine' || kind.startsWith('.')) return false;
    return name.endsWith('.json') && !name.startsWith('.');
  });
}

/** Files of packs below the root: `<experiment>/<kind>.jsonl.gz`. */
async function packFiles(root: string, experiment: string | undefined): Promise<string[]> {
  const folders =
    experiment === undefined ? (await listNames(root)).map((name) => join(root, name)) : [folderOf(root, experiment)];
  const files = folders.map(async (folder) => {
    const names = (await listNames(folder)).filter((name) => packedKind(name) !== undefined);
    return names.map((name) => join(folder, name));
  });
  return (await Promise.all(files)).flat();
}

async function stamps(packs: PackCache, root: string, experiment: string | undefined): Promise<string> {
  const files = (await packFiles(root, experiment)).toSorted();
  return JSON.stringify(await Promise.all(files.map(async (file) => [file, await packs.stamp(file)])));
}

export function folderOf(root: string, experiment: string): string {
  return dirname(join(root, recordPath({kind: 'experiment', experiment})));
}
