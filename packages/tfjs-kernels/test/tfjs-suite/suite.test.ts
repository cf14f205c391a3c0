import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {full} from '../backends.ts';
import {chromiumPath} from '../../../../.ci/chromium.ts';
import {runSuite, runSuiteInChromium} from './run-suite.ts';

const stockFailures = new Set(
  JSON.parse(readFileSync(new URL('../fixtures/stock-failures.json', import.meta.url), 'utf8')) as string[],
);

/** What failed with ours and did not with the stock kernels. */
async function newFailures(kernels: 'relaxed' | 'simd') {
  const {passed, failed} = await runSuite(kernels);
  return {
    passed,
    specs: passed + Object.keys(failed).length,
    failed: Object.entries(failed).filter(([name]) => !stockFailures.has(name)),
  };
}

describe("TensorFlow.js's own specs", () => {
  it.each(full ? (['simd', 'relaxed'] as const) : (['simd'] as const))(
    'pass with the %s set wherever they pass with the stock kernels',
    async (kernels) => {
      const {passed, specs, failed} = await newFailures(kernels);
      expect(failed).toEqual([]);
      // Of 4,225, of which some that fail share a name.
      expect(specs).toBe(4223);
      expect(passed).toBeGreaterThanOrEqual(4005);
    },
    300_000,
  );

  it.skipIf(chromiumPath === null)(
    'pass in Chromium wherever they pass with the stock kernels there',
    async () => {
      const stock = await runSuiteInChromium('stock');
      const ours = await runSuiteInChromium('relaxed');
      expect(Object.keys(ours.failed).filter((name) => stock.failed[name] === undefined)).toEqual([]);
      expect(ours.passed).toBeGreaterThanOrEqual(stock.passed);
      expect(ours.passed).toBeGreaterThan(3900);
    },
    900_000,
  );
});
