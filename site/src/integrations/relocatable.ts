/**
 * Makes the built folder work wherever it is put: under any path of any server, and opened from a disk. Our own links
 * are relative already; this turns Astro's own, which start at the root, into relative ones.
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
          await writeFile(join(root, path), text.replaceAll(/(["'(])\/_astro\//g, `$1${up}_astro/`));
        }
      },
    },
  };
}
