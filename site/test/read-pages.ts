/** What the pages of a built folder refer to. */
import {access, glob, readFile} from 'node:fs/promises';
import {dirname, join, normalize} from 'node:path';

/** Links and sources that name no file of the folder, which is served at `root`, or no place in it. */
export async function brokenLinks(folder: string, root = '/'): Promise<string[]> {
  const broken: string[] = [];
  const pages = new Map<string, string>();
  for await (const path of glob('**/*.html', {cwd: folder}))
    pages.set(path, await readFile(join(folder, path), 'utf8'));
  for (const [path, html] of pages) {
    for (const [, target = ''] of html.matchAll(/\s(?:href|src|data-spec)="([^"]*)"/g)) {
      if (/^(https?|data):/.test(target)) continue;
      // One page is shown at any address, so its links start at the root.
      const rooted = path === '404.html' && target.startsWith(root);
      const [file = '', place] = (rooted ? target.slice(root.length) : target).split('#');
      const to = file === '' ? path : normalize(join(dirname(path), file));
      const found = await access(join(folder, to)).then(
        () => true,
        () => false,
      );
      const known = place === undefined || (pages.get(to) ?? '').includes(` id="${place}"`);
      if ((target.startsWith('/') && !rooted) || !found || !known) broken.push(`${path}: ${target}`);
    }
  }
  return broken;
}

/** Ends of elements that a space keeps from the comma, semicolon or full stop after them, each with its page. */
export async function loosePunctuation(folder: string): Promise<string[]> {
  const loose: string[] = [];
  for await (const path of glob('**/*.html', {cwd: folder})) {
    const html = await readFile(join(folder, path), 'utf8');
    for (const [match] of html.matchAll(/[^>]{0,40}<\/(?:a|code|em|strong)>\s+[,;.](?=[\s<])/g))
      loose.push(`${path}: ${match}`);
  }
  return loose;
}

/** Whatever a browser would fetch from another site by itself: all but the targets of `<a>`. */
export async function externalResources(folder: string): Promise<string[]> {
  const external: string[] = [];
  for await (const path of glob('**/*.{html,css}', {cwd: folder})) {
    const text = (await readFile(join(folder, path), 'utf8')).replaceAll(/<a\s[^>]*>/g, '');
    for (const [match] of text.matchAll(/(?:href|src|url\()\s*=?["'(]?https?:[^"')]*/g))
      external.push(`${path}: ${match}`);
  }
  return external;
}
