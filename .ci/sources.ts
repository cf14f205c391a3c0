/** What is published or shown: no tests, nothing that only tests use, nothing generated. */
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {packageFolders} from './packages.ts';

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly lines: number;
}

export function isProduction(path: string): boolean {
  return /[.](?:ts|astro)$/.test(path) && !/[.](?:test|generated|d)[.]ts$|[/](?:test|testing)[/]/.test(path);
}

/** Production files of every package and of the site. */
export function productionSources(): Source[] {
  return [...packageFolders(), 'site'].flatMap((folder) =>
    readdirSync(join(folder, 'src'), {recursive: true, encoding: 'utf8'})
      .map((file) => join(folder, 'src', file))
      .filter(isProduction)
      .map((path) => ({path, lines: readFileSync(path, 'utf8').split('\n').length - 1})),
  );
}
