import {defineConfig} from 'vitest/config';

const conditions = ['@minefield/source'];

export default defineConfig({
  resolve: {conditions: [...conditions, 'module', 'browser', 'development|production']},
  ssr: {resolve: {conditions: [...conditions, 'module', 'node', 'development|production'], externalConditions: conditions}},
  test: {
    include: ['packages/**/*.test.ts', 'site/**/*.test.ts', 'examples/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
  },
});
