/**
 * TensorFlow.js's own specs, on the WASM backend. Run as a program with the kernels to use in `KERNELS` and a file in
 * `RESULTS`, it writes there how many passed and which failed.
 */
import {writeFileSync} from 'node:fs';
import '../../../../.ci/tfjs-suite/jasmine.ts';
import './environment.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {runSpecs} from '../../../../.ci/tfjs-suite/run-specs.ts';
import {type KernelChoice, chooseKernels} from './choose-kernels.ts';

const {KERNELS: kernels = 'stock', RESULTS: results} = process.env;
await chooseKernels(kernels as KernelChoice);
const outcome = await runSpecs();
if (results !== undefined) writeFileSync(results, JSON.stringify(outcome));
process.exit(0);
