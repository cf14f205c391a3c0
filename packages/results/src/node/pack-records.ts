import {rmdir, stat, unlink} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {formatJson} from '../format-record.ts';
import {readJson} from '../read-json.ts';
import {isMissing} from './destination.ts';
import {exists, listFolder, readText} from './files.ts';
import {exclusively} from './exclusively.ts';
import {type PackCache, packCache} from './pack-cache.ts';
import {packOf} from './paths.ts';
import {folderOf} from './record-places.ts';
import {openStore} from './store.ts';
import {storeError} from './store-error.ts';
import {writeAtomically} from './write-atomically.ts';
import {writePack} from './write-pack.ts';

/** Largest record that is packed. */
const MOST_BYTES = 2 ** 26;

/** Fewer records than this, or fewer bytes, are as well off in files of their own. */
const WORTH = {records: 20, bytes: 100_000};

/** How the records of one kind lie now. */
export interface PackedKind {
  /** `run`, or the name of an analysis. */
  readonly kind: string;
  /** In the pack. */
  readonly packed: number;
  /** In files of their own. */
  readonly loose: number;
  /** Of all their files, before and after. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

export interface PackOptions {
  /** Packs the records of a kind however few they are. Default: 20 of them or more, with 100 kB or more, and whatever belongs to a pack that is there. */
  readonly all?: boolean;
}

/**
 * Moves the records of an experiment into packs, one for each kind; its own record stays. Nothing is lost when the process dies:
 * a record's file goes once the pack is on the disk and gives back that very file, byte for byte. A file that it would give
 * back otherwise, such as one that a person has formatted, stays too. Not to be called while records are written there.
 *
 * @throws {StoreError} naming every damaged file, before anything is moved; or where a file cannot be read or written
 */
export async function packRecords(
  directory: string,
  experiment: string,
  {all = false}: PackOptions = {},
): Promise<readonly PackedKind[]> {
  return onSound(directory, experiment, (kind) => packKind(kind, all));
}

/**
 * Puts the records of an experiment's packs back into files of their own, with the very bytes that they had. A file that is
 * there goes before what the pack has for it. When the process dies, a pack goes on counting until all its records are back.
 *
 * @throws {StoreError} as {@link packRecords} does
 */
export async function unpackRecords(directory: string, experiment: string): Promise<readonly PackedKind[]> {
  return onSound(directory, experiment, unpackKind);
}

/** A kind of an experiment's records, and what its pack is read with. */
interface Kind {
  /** Of the experiment. */
  readonly folder: string;
  readonly kind: string;
  readonly packs: PackCache;
}

/** Does something with each kind of an experiment's records, none of which is damaged; returns how these lie afterwards. */
async function onSound(
  directory: string,
  experiment: string,
  change: (kind: Kind) => Promise<void>,
): Promise<readonly PackedKind[]> {
  const store = openStore(directory);
  const folder = folderOf(resolve(directory), experiment);
  if (!(await exists(folder))) return [];
  return exclusively(folder, async () => {
    await store.removeTemporaries(experiment);
    await store.readRecords(experiment);
    const kinds = new Set((await store.list(experiment)).map(({kind}) => kind));
    const changed: PackedKind[] = [];
    const packs = packCache();
    for (const name of [...kinds].toSorted()) {
      const kind = {folder, kind: name, packs};
      const before = await sizeOf(kind);
      await change(kind);
      const {packed, loose, bytes} = await sizeOf(kind);
      changed.push({kind: name, packed, loose, bytesBefore: before.bytes, bytesAfter: bytes});
    }
    return changed;
  });
}

async function packKind({folder, kind, packs}: Kind, all: boolean): Promise<void> {
  const pack = packFile(folder, kind);
  const files = await looseFiles(folder, kind);
  const records = new Map<string, unknown>();
  let bytes = 0;
  for (const file of files) {
    const text = await readText(file, MOST_BYTES);
    const value = readJson(text, file);
    if (formatJson(value) !== text) continue;
    records.set(startOf(file), value);
    bytes += Buffer.byteLength(text);
  }
  const earlier = (await packs.read(pack))?.byStart;
  const isWorthIt = records.size >= WORTH.records && bytes >= WORTH.bytes;
  if (records.size === 0 || !(all || isWorthIt || earlier !== undefined)) return;
  for (const [start, {value}] of earlier ?? []) if (!records.has(start)) records.set(start, value);
  await writePack(pack, records);
  const written = (await packs.read(pack))?.byStart;
  for (const file of files) {
    const line = written?.get(startOf(file));
    // As it is by now: what somebody has written meanwhile stays.
    if (line !== undefined && formatJson(line.value) === (await readText(file, MOST_BYTES)))
      await remove(file);
  }
  // Only where nothing is left.
  await rmdir(join(folder, kind)).catch(() => undefined);
}

async function unpackKind({folder, kind, packs}: Kind): Promise<void> {
  const pack = packFile(folder, kind);
  const lines = (await packs.read(pack))?.byStart;
  if (lines === undefined) return;
  for (const [start, {value}] of lines) {
    const file = join(folder, kind, `${start}.json`);
    if (!(await exists(file))) await writeAtomically(file, formatJson(value), {filesOnly: true});
  }
  await remove(pack);
}

async function sizeOf({folder, kind, packs}: Kind): Promise<{packed: number; loose: number; bytes: number}> {
  const pack = packFile(folder, kind);
  const files = await looseFiles(folder, kind);
  const own = new Set(files.map(startOf));
  const lines = [...((await packs.read(pack))?.byStart.keys() ?? [])];
  let bytes = 0;
  for (const file of [pack, ...files]) bytes += await bytesOf(file);
  return {packed: lines.filter((start) => !own.has(start)).length, loose: files.length, bytes};
}

async function looseFiles(folder: string, kind: string): Promise<string[]> {
  const names = (await listFolder(join(folder, kind))).map(({name}) => name);
  const own = names.filter((name) => /^[0-9a-f]{16}\.json$/.test(name));
  return own.toSorted().map((name) => join(folder, kind, name));
}

function startOf(file: string): string {
  return basename(file, '.json');
}

function packFile(folder: string, kind: string): string {
  return packOf(join(folder, kind, 'any.json'));
}

async function bytesOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw storeError('read', file, error);
  }
}

async function remove(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isMissing(error)) throw storeError('write', file, error);
  }
}
