/** A line for each stage of a build, in place of one for each of its thousand files. */
import {readdir} from 'node:fs/promises';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';

export function stages(): AstroIntegration {
  const start = performance.now();
  const say = (text: string): void =>
    console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  return {
    name: 'stages',
    hooks: {
      'astro:build:start': () => say('reading the records'),
      'astro:build:generated': () => say('pages are drawn'),
      'astro:build:done': async ({dir, pages}) => {
        const folder = fileURLToPath(dir);
        const files = await readdir(folder, {recursive: true, withFileTypes: true});
        const count = files.filter((file) => file.isFile()).length;
        say(`${pages.length} pages and ${count} files are in ${relative(process.cwd(), folder) || folder}`);
      },
    },
  };
}
