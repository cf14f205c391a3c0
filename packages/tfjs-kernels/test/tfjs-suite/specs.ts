/**
 * TensorFlow.js's own specs, on the WASM backend. Run as a program with the kernels to use in `KERNELS` and a file in
 * `RESULTS`, it writes there how many passed and which failed.
 */
import {writeFileSync} from 'node:fs';
import './jasmine.ts';
import './environment.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {registerKernels} from '../../src/register-kernels.ts';
import type {SuiteResults} from './run-suite.ts';

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly {readonly message: string}[];
}

const {KERNELS: kernels, RESULTS: results} = process.env;
const failed: Record<string, string> = {};
let passed = 0;
const env = jasmine.getEnv();
env.configure({random: false});
env.addReporter({
  specDone: ({fullName, status, failedExpectations}: SpecResult) => {
    if (status === 'passed') passed++;
    if (status === 'failed') failed[fullName] = (failedExpectations[0]?.message ?? '').slice(0, 300);
  },
  jasmineDone: () => {
    if (results !== undefined)
      writeFileSync(results, JSON.stringify({passed, failed} satisfies SuiteResults));
    process.exit(0);
  },
});
if (kernels !== 'stock') await registerKernels({deterministic: kernels === 'simd'});
env.execute();
