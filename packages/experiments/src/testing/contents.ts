import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {withoutProvenance} from '@minefield/results';

/** Every file of a results folder with what must be equal in it: records without provenance, others whole. */
export function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => /\.\w+$/.test(file) && !file.includes('quarantine') && !file.endsWith('.work'))
    .toSorted();
  return new Map(
    files.map((file) => {
      const bytes = readFileSync(join(folder, file));
      if (!file.endsWith('.json')) return [file, bytes.toString('hex')];
      return [file, JSON.stringify(withoutProvenance(JSON.parse(bytes.toString()) as never))];
    }),
  );
}
