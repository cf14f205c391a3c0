import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

// Packages are read from their sources: by Vite where it transforms a module, by Node where it is left to Node.
const source = '@minefield/source';
const conditions = [source, 'module', 'node', 'development|production'];
const shared = {
  exclude: ['**/node_modules/**', '**/dist/**'],
  execArgv: [`--conditions=${source}`],
  globalSetup: ['.ci/announce-missing.ts'],
  // For what hangs, not for what is slow: how much other work a machine has, no test can know.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: {poll: {timeout: 120_000}},
  // Many tests start the command, which is half as long in starting where its sources need not be compiled again.
  env: {NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url))},
};

export default defineConfig({
  ssr: {resolve: {conditions, externalConditions: [source]}},
  test: {
    // One worker a core: Vitest would leave one of two idle, while many tests wait for processes and pages.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'packages',
          setupFiles: ['.ci/fast-check.ts'],
          include: [
            'packages/**/*.test.ts',
            'bench/**/*.test.ts',
            'examples/**/*.test.ts',
            '.ci/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'site',
          include: ['site/**/*.test.ts'],
          // After the packages: pages that are driven want a machine that has nothing else to do.
          sequence: {groupOrder: 1},
        },
      },
    ],
  },
});
