/**
 * What hosts, crawlers and browsers ask for beside the pages: a service worker that keeps what was loaded for when there is no
 * network, `robots.txt`, and, where the site's address is known, a sitemap.
 */
import {createHash} from 'node:crypto';
import {glob, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';

/** @param address of the site's root, with its final slash; undefined where it is not known */
export function forHosts(address: string | undefined): AstroIntegration {
  return {
    name: 'for-hosts',
    hooks: {
      'astro:build:done': async ({dir}) => {
        const folder = fileURLToPath(dir);
        const pages: string[] = [];
        const hash = createHash('sha256');
        for await (const path of glob('**/*.{html,js,css}', {cwd: folder})) {
          hash.update(path).update(await readFile(join(folder, path)));
          if (path.endsWith('.html') && path !== '404.html') pages.push(path.replaceAll('\\', '/'));
        }
        const worker = await readFile(new URL('./service-worker.js', import.meta.url), 'utf8');
        const version = hash.digest('hex').slice(0, 16);
        await writeFile(join(folder, 'sw.js'), worker.replace('VERSION', version));
        const robots = ['User-agent: *', 'Allow: /'];
        if (address !== undefined) {
          robots.push(`Sitemap: ${address}sitemap.xml`);
          await writeFile(join(folder, 'sitemap.xml'), sitemap(address, pages.toSorted()));
        }
        await writeFile(join(folder, 'robots.txt'), `${robots.join('\n')}\n`);
      },
    },
  };
}

function sitemap(address: string, pages: readonly string[]): string {
  const urls = pages.map((page) => `  <url><loc>${address}${page === 'index.html' ? '' : page}</loc></url>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>\n',
  ].join('\n');
}
