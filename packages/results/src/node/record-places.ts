/** Where records lie: each in a file of its own, or in a line of its kind's pack. Its own file goes before the pack. */
import {basename, dirname, join} from 'node:path';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {parseRecord} from '../parse-record.ts';
import {readRecordText} from '../read-record-text.ts';
import type {ResultRecord} from '../record.ts';
import {exists, listFolder, readText} from './files.ts';
import {runIdentityFault} from './identity-fault.ts';
import type {PackCache} from './pack-cache.ts';
import {type RecordAddress, packOf, packedKind, recordPath} from './paths.ts';
import type {PackLine} from './read-pack.ts';

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
const ATTEMPTS = 20;

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
      held(
        readRecordText(await readText(file, maximumBytes), file, {maximumLength: maximumBytes}),
        root,
        file,
        file,
      ),
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

/**
 * Looks again where a file went away after it was seen: a pack has taken the record in.
 *
 * @param wentAway - of what was found
 */
export async function lookAgain<T>(look: () => Promise<T>, wentAway: (found: T) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const found = await look();
    if (attempt === ATTEMPTS || !wentAway(found)) return found;
  }
}

function held(record: ResultRecord, root: string, path: string, source: string): ResultRecord {
  const belongs = recordPath(record);
  if (join(root, belongs) !== path) {
    throw new InvalidRecordError(source, [
      {path: '', message: `it holds the record that belongs at ${belongs}`},
    ]);
  }
  const fault = record.kind === 'run' ? runIdentityFault(record, source) : undefined;
  if (fault !== undefined) throw fault;
  return record;
}

/**
 * Files of records below the root: `<experiment>/experiment.json` and `<experiment>/<kind>/<name>.json`. Folder by folder: any of
 * them may go away meanwhile.
 */
async function recordFiles(root: string, experiment: string | undefined): Promise<string[]> {
  const ofExperiment = async (folder: string): Promise<string[]> => {
    const entries = await listFolder(folder);
    const kinds = entries.filter(
      (entry) => entry.isDirectory() && !/^(\.|checkpoints$|quarantine$)/.test(entry.name),
    );
    const heads = entries.filter((entry) => !entry.isDirectory() && entry.name === 'experiment.json');
    const files = await Promise.all(kinds.map(({name}) => ofKind(join(folder, name))));
    return [...heads.map(({name}) => join(folder, name)), ...files.flat()];
  };
  const ofKind = async (folder: string): Promise<string[]> => {
    const entries = await listFolder(folder);
    const files = entries.filter((entry) => !entry.isDirectory() && /^[^.].*\.json$/.test(entry.name));
    return files.map(({name}) => join(folder, name));
  };
  return (await Promise.all((await foldersOf(root, experiment)).map(ofExperiment))).flat();
}

/** Files of packs below the root: `<experiment>/<kind>.jsonl.gz`. */
async function packFiles(root: string, experiment: string | undefined): Promise<string[]> {
  const files = (await foldersOf(root, experiment)).map(async (folder) => {
    const entries = await listFolder(folder);
    const packs = entries.filter((entry) => !entry.isDirectory() && packedKind(entry.name) !== undefined);
    return packs.map(({name}) => join(folder, name));
  });
  return (await Promise.all(files)).flat();
}

async function foldersOf(root: string, experiment: string | undefined): Promise<string[]> {
  if (experiment !== undefined) return [folderOf(root, experiment)];
  const entries = await listFolder(root);
  return entries.filter((entry) => entry.isDirectory()).map(({name}) => join(root, name));
}

async function stamps(packs: PackCache, root: string, experiment: string | undefined): Promise<string> {
  const files = (await packFiles(root, experiment)).toSorted();
  return JSON.stringify(await Promise.all(files.map(async (file) => [file, await packs.stamp(file)])));
}

export function folderOf(root: string, experiment: string): string {
  return dirname(join(root, recordPath({kind: 'experiment', experiment})));
}
