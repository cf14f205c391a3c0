export {clipRows} from './clip-rows.ts';
export type {ClippedRows} from './clip-rows.ts';
export type {KernelSet} from './kernel-module.ts';
export {KernelsUnavailableError} from './kernels-unavailable-error.ts';
export {activeKernels, registerKernels, unregisterKernels} from './register-kernels.ts';
export type {RegisterKernelsOptions} from './register-kernels.ts';
export {OPTIMIZER_STEP, optimizerStep, slotCount} from './optimizer-step.ts';
export type {Optimizer, OptimizerStep, StepConstants} from './optimizer-step.ts';
