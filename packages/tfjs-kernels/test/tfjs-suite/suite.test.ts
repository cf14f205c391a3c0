import {describe, expect, it} from 'vitest';
import {full} from '../backends.ts';
import {chromiumPath} from '../../../../.ci/chromium.ts';
import {runSuite, runSuiteInChromium} from './run-suite.ts';

const SPECS = 4225;

describe("TensorFlow.js's own specs", () => {
  it.each(full ? (['simd', 'relaxed'] as const) : (['simd'] as const))(
    'pass with the %s set, every one',
    async (kernels) => {
      const {passed, failed} = await runSuite(kernels);
      expect(failed).toEqual({});
      expect(passed).toBe(SPECS);
    },
    300_000,
  );

  it.runIf(full)(
    'pass with the stock kernels, but for 334',
    async () => {
      const {passed} = await runSuite('stock');
      expect(SPECS - passed).toBe(334);
    },
    300_000,
  );

  it.skipIf(chromiumPath === null)(
    'pass in Chromium, but for twelve that ask for what is not there',
    async () => {
      const {passed, failed} = await runSuiteInChromium('relaxed');
      // Nine ask for a canvas context called "wasm", and three for the window that a module does not call `fetch` on.
      const known = Object.keys(failed).filter((name) => /^(draw on canvas context|http-load) /.test(name));
      expect(known).toHaveLength(12);
      expect(Object.keys(failed)).toEqual(known);
      expect(passed).toBeGreaterThan(4300);
    },
    600_000,
  );
});
