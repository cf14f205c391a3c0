import type {TestProject} from 'vitest/node';
import {chromiumPath} from './chromium.ts';
import {pythonsWith} from './python.ts';
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
  if (project.name !== 'packages') return;
  for (const [module, name] of [
    ['torch', 'PyTorch'],
    ['jax', 'JAX'],
  ] as const) {
    if (pythonsWith(module).length > 0) continue;
    console.warn(
      `packages: the tests of evaluators in ${name} are skipped, for no python3 has it; ` +
        `${module === 'torch' ? 'on Debian, `apt-get install python3-torch` brings it, and ' : ''}` +
        `bench/peers/make-pythons.sh ${module} installs the newest.`,
    );
  }
}
