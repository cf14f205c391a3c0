import type {TestProject} from 'vitest/node';
import {chromiumPath} from './chromium.ts';

/** Says once per project why its browser tests are skipped, where they are: reporters do not list skipped tests. */
export function setup(project: TestProject): void {
  if (chromiumPath !== null) return;
  console.warn(
    `${project.name}: the browser tests are skipped, for there is no Chromium. Install the system's, or Playwright's ` +
      'own with `npx -y pnpm@12 exec playwright-core install chromium`.',
  );
}
