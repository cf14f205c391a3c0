import {copyFile} from 'node:fs/promises';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import {formatJson} from '../format-record.ts';
import {examine} from './examine.ts';
import {exclusively} from './exclusively.ts';
import {exists, moveAside} from './files.ts';
import type {PackCache} from './pack-cache.ts';
import {packOf, packedKind} from './paths.ts';
import type {PackLine} from './read-pack.ts';
import type {RecordPlaces} from './record-places.ts';
import {StoreError} from './store-error.ts';
import {writeAtomically} from './write-atomically.ts';
import {writePack} from './write-pack.ts';

/**
 * Moves a file, or the record that belongs there and lies in a pack, into the folder `quarantine` of its experiment. Of a pack
 * with bad lines a copy goes there, and the other lines stay.
 *
 * @param root - absolute
 * @returns its new path
 */
export async function takeAside(
  root: string,
  file: string,
  places: RecordPlaces,
  packs: PackCache,
): Promise<string> {
  const inside = relative(root, resolve(root, file)).split(sep);
  const [experiment, ...rest] = inside;
  if (experiment === undefined || experiment === '..' || rest.length === 0) {
    throw new RangeError(`results.quarantine: expected a file of an experiment in ${root}, got ${file}`);
  }
  const path = join(root, ...inside);
  const move = (how?: 'copy'): Promise<string> =>
    moveAside(
      path,
      join(root, experiment, 'quarantine'),
      rest.join('-'),
      how === 'copy' ? copyFile : undefined,
    );

  if (rest.length === 1 && packedKind(basename(path)) !== undefined) {
    return exclusively(dirname(path), async () => {
      const sound = await soundLines(experiment, path, places, packs);
      if (sound.size === 0) return move();
      const copy = await move('copy');
      await writePack(path, sound);
      return copy;
    });
  }
  if (rest.length === 2 && !(await exists(path)) && (await exists(packOf(path)))) {
    await exclusively(join(root, experiment), () => takeOut(path, packs));
  }
  return move();
}

/** What a pack keeps of which some lines are bad; nothing of one that is damaged as a whole. */
async function soundLines(
  experiment: string,
  file: string,
  places: RecordPlaces,
  packs: PackCache,
): Promise<Map<string, unknown>> {
  const {places: all, damaged} = await places.all(experiment);
  if (damaged.some(({source}) => source === file)) return new Map();
  const {faulty} = await examine(all);
  const bad = new Set(faulty.map(({place}) => place.source));
  const lines = (await packs.read(file))?.lines ?? [];
  const kept = lines.filter(({source, fault}) => fault === undefined && !bad.has(source));
  if (kept.length === lines.length) {
    throw new StoreError(`cannot read ${file}: nothing in it is damaged any more`, file, 'ENOENT');
  }
  return valuesOf(kept);
}

/** Gives a record that lies in a pack a file of its own. */
async function takeOut(path: string, packs: PackCache): Promise<void> {
  const file = packOf(path);
  const pack = await packs.read(file);
  const line = pack?.byStart.get(basename(path, '.json'));
  if (pack === undefined || line === undefined) return;
  // What has no identity could not be kept.
  if (pack.byStart.size < pack.lines.length) {
    const message = `cannot take ${basename(path)} out of ${file}: some of its lines are damaged; move the pack aside first`;
    throw new StoreError(message, file, 'INVALID');
  }
  await writeAtomically(path, formatJson(line.value), {filesOnly: true});
  await writePack(file, valuesOf(pack.lines.filter((other) => other !== line)));
}

function valuesOf(lines: readonly PackLine[]): Map<string, unknown> {
  return new Map(lines.map(({identityStart = '', value}) => [identityStart, value]));
}
