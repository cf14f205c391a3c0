/**
 * Makes the built folder work wherever it is put: under any path of any server, and opened from a disk. Our own links
 * are relative already; this turns Astro's own, which start at the root, into relative ones. And it closes the gaps that
 * components leave before punctuation, for Astro ends each with a line break.
 */
import {glob, readFile, writeFile} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';

export function relocatable(): AstroIntegration {
  return {
    name: 'relocatable',
    hooks: {
      'astro:build:done': async ({dir}) => {
        const root = fileURLToPath(dir);
        for await (const path of glob('**/*.{html,css}', {cwd: root})) {
          const up = '../'.repeat(path.split(sep).length - 1) || './';
          const text = await readFile(join(root, path), 'utf8');
          const relative = text.replaceAll(/(["'(])\/_astro\//g, `$1${up}_astro/`);
          await writeFile(join(root, path), path.endsWith('.html') ? tightened(relative) : relative);
        }
      },
    },
  };
}

/** `( Li et al. 2018 ) .` becomes `(Li et al. 2018).` */
function tightened(html: string): string {
  return html
    .replaceAll(/\(\s+(<span class="cite"|<math)/g, '($1')
    .replaceAll(/(<\/math>|<!--\/cite-->)\s+([).,;:])/g, '$1$2')
    .replaceAll('<!--/cite-->', '');
}
