/** Builds the site from committed networks, and opens its pages in Chromium for the suites that drive explorers. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, BrowserContextOptions} from 'playwright-core';
import {afterAll, beforeAll, describe, vi} from 'vitest';
import {chromiumPath, launchChromium} from '../../../.ci/chromium.ts';
import {buildSite} from '../build-site.ts';
import {type Server, serve} from '../serve.ts';
import type {OpenExplorer, OpenedExplorer} from './open-explorer.ts';
import {copySources} from './sources.ts';

/**
 * Suites by the name of what they drive; minutes of trained networks, so only with `MINEFIELD_FULL=1`, and skipped where there is
 * no Chromium.
 */
export function inChromium(suites: Readonly<Record<string, (open: OpenExplorer) => void>>): void {
  // Engines share the machine with other tests: what takes a second alone may take a minute.
  vi.setConfig({testTimeout: 180_000});

  describe.skipIf(chromiumPath === null || process.env['MINEFIELD_FULL'] !== '1')('in Chromium', () => {
    let folder: string;
    let browser: Browser;
    let server: Server;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'minefield-explorers-'));
      await buildSite(await copySources(folder), join(folder, 'dist'));
      server = await serve(join(folder, 'dist'), '/some/where/');
      browser = await launchChromium({
        args: [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          // Reliefs, drawn by the processor.
          '--enable-unsafe-swiftshader',
          '--disable-background-networking',
        ],
      });
    }, 300_000);

    afterAll(async () => {
      await browser.close();
      server.close();
      await rm(folder, {recursive: true});
    });

    async function open(path: string, options: BrowserContextOptions = {}): Promise<OpenedExplorer> {
      const context = await browser.newContext({reducedMotion: 'reduce', ...options});
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => {
        // What a driver says of its own speed, here of pictures that the processor draws, is no fault of the page.
        const ofDriver = /GL Driver Message \(OpenGL, Performance/.test(message.text());
        if (['error', 'warning'].includes(message.type()) && !ofDriver) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
      page.on('request', (request) => {
        if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(server.url))
          faults.push(`left the site: ${request.url()}`);
      });
      await page.goto(server.url + path);
      return {page, faults, close: () => context.close()};
    }

    describe.each(Object.entries(suites))('%s', (_, suite) => {
      suite(open);
    });
  });
}
