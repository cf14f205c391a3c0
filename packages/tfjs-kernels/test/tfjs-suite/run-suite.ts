import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runInChromium} from '../../../../.ci/run-in-chromium.ts';
import {runBundledSpecs} from '../../../../.ci/tfjs-suite/run-bundled-specs.ts';
import type {SuiteResults} from '../../../../.ci/tfjs-suite/suite-results.ts';
import type {KernelChoice} from './choose-kernels.ts';

const wasmPath = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));

/** Runs TensorFlow.js's specs in a process of their own. */
export function runSuite(kernels: KernelChoice): Promise<SuiteResults> {
  return runBundledSpecs(new URL('specs.ts', import.meta.url), {KERNELS: kernels, WASM_PATH: wasmPath});
}

/** The same in Chromium. */
export async function runSuiteInChromium(kernels: KernelChoice): Promise<SuiteResults> {
  const define = {'process.env.KERNELS': JSON.stringify(kernels), 'process.env.WASM_PATH': '""'};
  const entry = new URL('specs-in-browser.ts', import.meta.url);
  return (await runInChromium({entry, define})) as SuiteResults;
}
