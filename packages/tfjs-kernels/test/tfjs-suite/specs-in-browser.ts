/** TensorFlow.js's own specs in a browser, with the kernels that `process.env.KERNELS` names when it is bundled. */
import '../../../../.ci/tfjs-suite/jasmine.ts';
import './environment.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {runSpecs} from '../../../../.ci/tfjs-suite/run-specs.ts';
import {type KernelChoice, chooseKernels} from './choose-kernels.ts';

await chooseKernels(process.env['KERNELS'] as KernelChoice);
Object.assign(globalThis, {outcome: await runSpecs()});
