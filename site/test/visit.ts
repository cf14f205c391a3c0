/** Opens pages of a served site as a reader would, and keeps what goes wrong on them. */
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {launchChromium} from '../../.ci/chromium.ts';
import type {Server} from '../../.ci/serve.ts';

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, failed requests, and requests that left the site. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** @param path from the root of the site, such as `explore/dial.html?dial.seed=2` */
export type Open = (path: string, options?: BrowserContextOptions) => Promise<Visit>;

/** What the processor can draw, reliefs of WebGL too. It knows no host but the server's: the outside sees nothing of a test. */
export function launchReader(): Promise<Browser> {
  return launchChromium({
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Pixels by which a page is wider than its window: 0 where nothing scrolls sideways. */
export function excessWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export function visitor(browser: Browser, server: Server): Open {
  return async (path, options = {}) => {
    // Without animation a mark lies where it was found.
    const context = await browser.newContext({reducedMotion: 'reduce', ...options});
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      // What a driver says of its own speed, here of pictures that the processor draws, is no fault of the page.
      const ofDriver = /GL Driver Message \(OpenGL, Performance/.test(message.text());
      if (['error', 'warning'].includes(message.type()) && !ofDriver) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(server.url) && !/^(?:data|blob):/.test(url)) faults.push(`left the site: ${url}`);
    });
    await page.goto(server.url + path);
    await page.evaluate(() => document.fonts.ready);
    return {page, faults, close: () => context.close()};
  };
}
