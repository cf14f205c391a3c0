import type {TestProject} from 'vitest/node';
import {chromiumPath} from './chromium.ts';
import {redisPath} from './redis-server.ts';

/** Says once per project why tests are skipped that need a program that is not there: reporters do not list them. */
export function setup(project: TestProject): void {
  if (chromiumPath === null) {
    console.warn(
      `${project.name}: the browser tests are skipped, for there is no Chromium. Install the system's, or Playwright's ` +
        'own with `npx -y pnpm@12 exec playwright-core install chromium`.',
    );
  }
  if (redisPath === null && project.name === 'packages') {
    console.warn(
      `${project.name}: the tests of the queue are skipped, for there is no redis-server; on Debian, ` +
        '`apt-get install redis-server` brings it.',
    );
  }
}
