import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {chromiumPath} from '../../.ci/chromium.ts';
import {serve} from '../../.ci/serve.ts';
import {launchReader, visitor} from './visit.ts';

it.skipIf(chromiumPath === null)(
  'a page that asks for what lies elsewhere, itself or by a worker, is told of and gets nothing',
  async () => {
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, resolve));
    // The server's own host goes by another name.
    const url = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;
    const folder = await mkdtemp(join(tmpdir(), 'minefield-visit-'));
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><title>asks</title><link rel="icon" href="data:,"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
       <img src="${url}image"><script>
         fetch('${url}fetch').catch(() => {});
         new Worker('worker.js').onmessage = () => (document.title = 'asked');
       </script>`,
    );
    await writeFile(
      join(folder, 'worker.js'),
      `fetch('${url}worker').catch(() => {}).then(() => postMessage(null));`,
    );
    const server = await serve(folder, '/');
    const browser = await launchReader();
    try {
      const {page, faults, close} = await visitor(browser, server)('index.html');
      await page.waitForFunction(() => document.title === 'asked');
      const left = faults.filter((fault) => fault.startsWith('left the site: '));
      expect(left.toSorted()).toEqual(
        ['fetch', 'image', 'worker'].map((name) => `left the site: ${url}${name}`),
      );
      expect(asked).toBe(0);
      await close();
    } finally {
      await browser.close();
      server.close();
      elsewhere.close();
      await rm(folder, {recursive: true});
    }
  },
);
