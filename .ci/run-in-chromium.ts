/**
 * Runs a program in Chromium: bundles it, serves it with the binaries of a WASM backend from memory, and waits for what it
 * leaves in `globalThis.outcome`.
 */
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Page} from 'playwright-core';
import {launchChromium} from './chromium.ts';

const ORIGIN = 'http://program.test';

export interface RunInPageOptions {
  /** Folder of binaries to serve. Default none. */
  readonly binaries?: string;
  /** Milliseconds, which are for what hangs. Default 500,000. */
  readonly timeout?: number;
  /** Called with the page before the program is loaded, such as to give it functions of Node. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface RunInChromiumOptions extends Omit<RunInPageOptions, 'binaries'> {
  /** The program, in a package that depends on what brings the binaries. */
  readonly entry: URL;
  /** The package beside whose entry point the binaries lie. Default the WASM backend of TensorFlow.js. */
  readonly binariesOf?: string;
  /** Texts to put in the place of expressions, as esbuild's `define`. */
  readonly define?: Readonly<Record<string, string>>;
}

/** @throws Error with what the program printed and threw when it leaves no outcome */
export async function runInChromium({
  entry,
  binariesOf = '@tensorflow/tfjs-backend-wasm',
  define = {},
  ...options
}: RunInChromiumOptions): Promise<unknown> {
  const program = await bundle(fileURLToPath(entry), define);
  return runInPage(program, {...options, binaries: dirname(createRequire(entry).resolve(binariesOf))});
}

/**
 * Runs a program that is bundled already.
 *
 * @throws Error with what the program printed and threw when it leaves no outcome
 */
export async function runInPage(
  program: string,
  {binaries, timeout = 500_000, prepare}: RunInPageOptions,
): Promise<unknown> {
  const browser = await launchChromium({
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.route('**/*', async (route) => {
      const name = basename(new URL(route.request().url()).pathname);
      const file = join(binaries ?? '', name);
      if (name === 'program.js') await route.fulfill({body: program, contentType: 'text/javascript'});
      else if (binaries !== undefined && name.endsWith('.wasm') && existsSync(file))
        await route.fulfill({body: readFileSync(file), contentType: 'application/wasm'});
      else
        await route.fulfill({
          body: '<!doctype html><script type="module" src="/program.js"></script>',
          contentType: 'text/html',
        });
    });
    await prepare?.(page);
    await page.goto(ORIGIN, {waitUntil: 'commit'});
    await page
      .waitForFunction('globalThis.outcome !== undefined', undefined, {timeout})
      .catch((error: unknown) => {
        throw new Error(`runInPage: no outcome; ${complaints.join('; ')}`, {cause: error});
      });
    return await page.evaluate('globalThis.outcome');
  } finally {
    await browser.close();
  }
}

async function bundle(entry: string, define: Readonly<Record<string, string>>): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@minefield/source'],
    mainFields: ['module', 'main'],
    // Registrations are imported for their effects, which the packages deny having.
    ignoreAnnotations: true,
    define: {global: 'globalThis', ...define},
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
