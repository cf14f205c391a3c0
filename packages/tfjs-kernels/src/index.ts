export type {KernelSet} from './kernel-module.ts';
export {activeKernels, registerKernels, unregisterKernels} from './register-kernels.ts';
export type {RegisterKernelsOptions} from './register-kernels.ts';
