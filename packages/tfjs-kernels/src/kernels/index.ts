import type {Kernel} from '../kernel.ts';
import {batchMatMul} from './batch-mat-mul.ts';
import {fusedMatMul} from './fused-mat-mul.ts';
import {mlp, mlpGradient} from './mlp.ts';

/** Every kernel that is replaced or added. */
export const kernels: readonly Kernel[] = [batchMatMul, fusedMatMul, mlp, mlpGradient];
