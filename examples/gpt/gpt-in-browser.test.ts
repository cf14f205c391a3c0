import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {chromiumPath, launchChromium} from '../../.ci/chromium.ts';
import {serve} from '../../.ci/serve.ts';
import {text} from './text.ts';

describe.skipIf(chromiumPath === null)('the template of Vite, with a small GPT in it', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minefield-gpt-'));
    await build({
      root: fileURLToPath(new URL('.', import.meta.url)),
      logLevel: 'error',
      build: {outDir: folder, emptyOutDir: true},
    });
  });

  afterAll(() => rm(folder, {recursive: true}));

  it('learns a text by heart on the WASM backend, on a page that is cross-origin isolated', async () => {
    const server = await serve(folder, '/', {isolated: true});
    const browser = await launchChromium({args: ['--no-sandbox', '--disable-gpu']});
    try {
      const page = await browser.newPage();
      const failed = new Promise<never>((_, reject) => page.on('pageerror', reject));
      failed.catch(() => undefined);
      await page.goto(`${server.url}index.html`);
      await Promise.race([
        failed,
        page.waitForFunction('globalThis.outcome !== undefined', undefined, {timeout: 300_000}),
      ]);
      const outcome: {losses: number[]; said: string; isolated: boolean} =
        await page.evaluate('globalThis.outcome');
      expect(outcome.isolated).toBe(true);
      // Of 38 characters, all as likely: 3.6 nats.
      expect(outcome.losses[0]).toBeGreaterThan(3);
      expect(outcome.losses.at(-1)).toBeLessThan(0.2);
      expect(text).toContain(`Yet training${outcome.said}`);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
