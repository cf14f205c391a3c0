/** What has become of the files of the repository on these pages. */
import {existsSync, statSync} from 'node:fs';
import {join, normalize} from 'node:path/posix';
import {guideFiles} from './guide-files.ts';
import {guideOf} from './guide-list.ts';

/**
 * The page, from the site's root, that shows a file of the repository. Texts link to one another as files, so that their links also
 * work where the files are read.
 *
 * @param from the file in which the link stands, from the root of the repository
 * @returns null for a file that no page shows
 * @throws {Error} when there is no such file
 */
function pageOf(target: string, from: string): string | null {
  const [path = '', place] = target.split('#');
  const file = normalize(join(from, '..', path)).replace(/\/$/, '');
  const whole = join(import.meta.env.FOLDERS.repository, file);
  if (file.startsWith('..') || !existsSync(whole))
    throw new Error(`${from}: expected a link to a file of the repository, got "${target}"`);
  const page = shownAt(statSync(whole).isDirectory() ? `${file}/README.md` : file);
  return page === null || place === undefined ? page : `${page}#${place}`;
}

/** The links of a text, as `renderMarkdown` asks for them. @param root of the site, from the page that shows the text */
export function linkFrom(file: string, root: string): (target: string) => string | null {
  return (target) => {
    const page = pageOf(target, file);
    return page === null ? null : root + page;
  };
}

function shownAt(file: string): string | null {
  const guide = guideOf(file);
  if (guide !== undefined) return `guides/${guide}.html`;
  const given = Object.entries(guideFiles).find(([, path]) => path === file)?.[0];
  if (given !== undefined) return `guides/files/${given}`;
  if (file === 'packages/README.md') return 'api.html';
  const [, name] = /^packages\/([^/]+)\/README\.md$/.exec(file) ?? [];
  if (name !== undefined) return `api/${name}.html`;
  const [, page] = /^site\/src\/pages\/([^[\]]+)\.astro$/.exec(file) ?? [];
  return page === undefined ? null : `${page}.html`;
}
