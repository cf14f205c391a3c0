/**
 * Makes the built folder work wherever it is put: under any path of any server, and opened from a disk. Our own links
 * are relative already; this turns Astro's own, which start at the root, into relative ones. And it closes the gaps that
 * components leave before punctuation, for Astro ends each with a line break.
 */
import {glob, readFile, writeFile} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';

/** @param root path of the site's root, for the one page that is shown at any address */
export function relocatable(root: string): AstroIntegration {
  return {
    name: 'relocatable',
    hooks: {
      'astro:build:done': async ({dir}) => {
        const folder = fileURLToPath(dir);
        for await (const path of glob('**/*.{html,css}', {cwd: folder})) {
          const up = path === '404.html' ? root : '../'.repeat(path.split(sep).length - 1) || './';
          const text = await readFile(join(folder, path), 'utf8');
          const relative = text.replaceAll(/(["'(])\/_astro\//g, `$1${up}_astro/`);
          await writeFile(join(folder, path), path.endsWith('.html') ? tightened(relative) : relative);
        }
      },
    },
  };
}

/** `( Li et al. 2018 ) .` becomes `(Li et al. 2018).` */
function tightened(html: string): string {
  return html
    .replaceAll(/\(\s+(<span class="cite"|<math)/g, '($1')
    .replaceAll(/(<\/math>|<span class="cite-card"[^\n]*<\/span><\/span>)\s+([).,;:])/g, '$1$2');
}
