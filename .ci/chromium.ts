/**
 * The Chromium of browser tests: the system's first, Playwright's own otherwise.
 *
 *     describe.skipIf(chromiumPath === null)('in Chromium', () => {
 *       beforeAll(async () => { browser = await launchChromium(); });
 */
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type Browser, type LaunchOptions, chromium} from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The executable, or null where there is none. */
export const chromiumPath: string | null = findChromium();

/** @throws Error where no Chromium was found; tests skip by `chromiumPath` before it comes to that. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  if (chromiumPath === null)
    throw new Error('launchChromium: expected a Chromium, got none; see CONTRIBUTING.md');
  return chromium.launch({...options, executablePath: chromiumPath});
}

function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...APPLICATIONS, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}
