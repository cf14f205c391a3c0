/** The index that the search page reads, made by Pagefind of the built pages; static files, fetched when a reader searches. */
import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';
import {close, createIndex} from 'pagefind';

/** Of what Pagefind offers, its engine and the index; the page that searches is our own. */
const WANTED = /^(?:pagefind(?:-worker)?\.js|pagefind-entry\.json|.*\.pf_\w+|wasm\.en\.pagefind)$/;

/** Pictures, formulae, and lists of names that stand again below. */
const PASSED_OVER = ['svg', 'math', 'nav', '.figure-actions'];

export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({dir, logger}) => {
        const folder = fileURLToPath(dir);
        const {index, errors} = await createIndex({
          excludeSelectors: PASSED_OVER,
          forceLanguage: 'en',
          keepIndexUrl: true,
        });
        if (index === undefined) throw new Error(`searchIndex: expected an index, got ${errors.join('; ')}`);
        const {page_count} = await index.addDirectory({path: folder});
        const {files} = await index.getFiles();
        let bytes = 0;
        for (const {path, content} of files) {
          if (!WANTED.test(path)) continue;
          const file = join(folder, 'pagefind', path);
          await mkdir(dirname(file), {recursive: true});
          await writeFile(file, content);
          bytes += content.length;
        }
        await close();
        logger.info(`search: ${page_count} pages in ${Math.round(bytes / 1000)} kB`);
      },
    },
  };
}
