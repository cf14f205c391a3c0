import {describe, expect, it} from 'vitest';
import {chromiumPath} from '../.ci/chromium.ts';
import {runInChromium} from '../.ci/run-in-chromium.ts';

describe.skipIf(chromiumPath === null)('a ConvNet of TensorFlow.js Layers in Chromium', () => {
  it('trains on the WASM backend with the kernels registered, and not without', async () => {
    const entry = new URL('conv-net-in-browser.ts', import.meta.url);
    const outcome = (await runInChromium({entry})) as {stock: string; losses: number[]; accuracy: number};
    expect(outcome.stock).toContain('Conv2DBackpropFilter');
    expect(outcome.losses.at(-1)).toBeLessThan(0.5 * (outcome.losses[0] ?? 0));
    expect(outcome.accuracy).toBeGreaterThan(0.95);
  });
});
