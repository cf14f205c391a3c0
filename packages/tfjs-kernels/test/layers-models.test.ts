import {readFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, expect, it, vi} from 'vitest';
import {registerKernels, unregisterKernels} from '../src/index.ts';
import {largestError} from './backends.ts';
import {type LayersModel, layersModels} from './layers-models.ts';
import {type LayersTraining, trainLayers} from './train-layers.ts';

afterAll(unregisterKernels);

/** What the README says of each model. */
const rows: string[] = [];

it.each(layersModels)('trains on WASM as on the CPU backend: $name', async (model) => {
  // No backend has the gradient of einsum, unless the kernels are registered.
  await tf.setBackend('wasm');
  await registerKernels();
  await tf.setBackend('cpu');
  const expected = await trainLayers(model);
  await tf.setBackend('wasm');
  unregisterKernels();
  rows.push(`| ${model.name} | ${await stockVerdict(model, expected)} | yes |`);
  for (const deterministic of [false, true]) {
    await registerKernels({deterministic});
    expectSame(await trainLayers(model), expected);
  }
  expect(expected.losses.at(-1)).toBeLessThan(expected.losses[0] ?? 0);
});

it('says the same in the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/ +\|/g, ' |');
  expect(rows.length).toBe(layersModels.length);
  expect(readme).toContain(rows.join('\n'));
});

function expectSame(actual: LayersTraining, expected: LayersTraining): void {
  const scale = Math.max(...expected.gradient.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  // Of differences of weights of up to 0.5 and their roundings.
  expect(largestError(actual.gradient, expected.gradient)).toBeLessThanOrEqual(1e-4 * scale + 1e-5);
  expect(largestError(actual.losses, expected.losses)).toBeLessThanOrEqual(1e-3 * (expected.losses[0] ?? 0));
}

/** Whether the stock kernels train it, and which is missing where they do not. */
async function stockVerdict(model: LayersModel, expected: LayersTraining): Promise<string> {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  try {
    expectSame(await trainLayers(model), expected);
    return 'yes';
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const missing =
      /Kernel '(\w+)' not registered/.exec(message)?.[1] ??
      /gradient function not found for (\w+)/.exec(message)?.[1];
    if (missing === undefined) throw error;
    return `no \`${missing}\``;
  } finally {
    vi.restoreAllMocks();
  }
}
