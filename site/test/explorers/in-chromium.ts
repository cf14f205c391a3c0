/** Builds the site from committed networks, and opens its pages in Chromium for the suites that drive explorers. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser} from 'playwright-core';
import {afterAll, beforeAll, describe} from 'vitest';
import {chromiumPath} from '../../../.ci/chromium.ts';
import {buildSite} from '../build-site.ts';
import {type Server, serve} from '../../../.ci/serve.ts';
import {type Open as OpenExplorer, launchReader, visitor} from '../visit.ts';
import {copySources} from './sources.ts';

/** Suites by the name of what they drive; skipped where there is no Chromium. */
export function inChromium(suites: Readonly<Record<string, (open: OpenExplorer) => void>>): void {
  describe.skipIf(chromiumPath === null)('in Chromium', () => {
    let folder: string;
    let browser: Browser;
    let server: Server;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'minefield-explorers-'));
      await buildSite(await copySources(folder), join(folder, 'dist'));
      server = await serve(join(folder, 'dist'), '/some/where/');
      browser = await launchReader();
    });

    afterAll(async () => {
      await browser.close();
      server.close();
      await rm(folder, {recursive: true});
    });

    const open: OpenExplorer = (...visit) => visitor(browser, server)(...visit);

    describe.each(Object.entries(suites))('%s', (_, suite) => {
      suite(open);
    });
  });
}
