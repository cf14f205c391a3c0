import {glob, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** Rewrites every page of a built folder. @param change gets a page and its path, with slashes, from the folder */
export async function rewritePages(
  folder: string,
  change: (html: string, path: string) => string,
): Promise<void> {
  for await (const path of glob('**/*.html', {cwd: folder})) {
    const file = join(folder, path);
    const html = await readFile(file, 'utf8');
    const changed = change(html, path.replaceAll('\\', '/'));
    if (changed !== html) await writeFile(file, changed);
  }
}
