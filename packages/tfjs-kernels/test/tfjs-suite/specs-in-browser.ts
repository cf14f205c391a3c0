/** TensorFlow.js's own specs in a browser, with the kernels that `process.env.KERNELS` names when it is bundled. */
import './jasmine.ts';
import './environment.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {runSpecs} from './run-specs.ts';
import type {KernelChoice} from './suite-results.ts';

Object.assign(globalThis, {outcome: await runSpecs(process.env['KERNELS'] as KernelChoice)});
