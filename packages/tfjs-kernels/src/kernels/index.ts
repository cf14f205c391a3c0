import type {Kernel} from '../kernel.ts';
import {arithmetic} from './arithmetic.ts';
import {batchMatMul} from './batch-mat-mul.ts';
import {batchNormTraining, batchNormTrainingGradient} from './batch-norm-training.ts';
import {bincount} from './bincount.ts';
import {borrowed, stringKernels} from './borrowed.ts';
import {cast} from './cast.ts';
import {clipByValue} from './clip-by-value.ts';
import {clipRows} from './clip-rows.ts';
import {complex, complexKernels as ofPairs} from './complex.ts';
import {conv2dBackpropFilter} from './conv2d-backprop-filter.ts';
import {conv2dBackpropInput} from './conv2d-backprop-input.ts';
import {conv2d, fusedConv2d} from './conv2d.ts';
import {depthwiseBackpropFilter} from './depthwise-backprop-filter.ts';
import {depthwiseBackpropInput} from './depthwise-backprop-input.ts';
import {einsum} from './einsum.ts';
import {fourier} from './fourier.ts';
import {fusedBatchNorm} from './fused-batch-norm.ts';
import {fusedDepthwiseConv2d} from './fused-depthwise-conv2d.ts';
import {fusedMatMul} from './fused-mat-mul.ts';
import {identity} from './identity.ts';
import {logistic} from './logistic.ts';
import {maxPoolGrad} from './max-pool-grad.ts';
import {mlpLogisticHessian} from './mlp-hessian.ts';
import {mlp, mlpGradient, mlpLogisticGradient} from './mlp.ts';
import {paddedPools} from './padded-pools.ts';
import {optimizerStep} from './optimizer-step.ts';
import {slice} from './slice.ts';
import {sums} from './sums.ts';
import {tile} from './tile.ts';
import {unsortedSegmentSum} from './unsorted-segment-sum.ts';

/** Every kernel that is replaced or added, but for those below. */
export const kernels: readonly Kernel[] = [
  batchMatMul,
  fusedMatMul,
  conv2d,
  fusedConv2d,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  fusedDepthwiseConv2d,
  ...arithmetic,
  ...sums,
  ...logistic,
  fusedBatchNorm,
  batchNormTraining,
  batchNormTrainingGradient,
  maxPoolGrad,
  unsortedSegmentSum,
  einsum,
  identity,
  cast,
  tile,
  slice,
  clipByValue,
  ...paddedPools,
  bincount,
  complex,
  ...borrowed,
  clipRows,
  optimizerStep,
  mlp,
  mlpGradient,
  mlpLogisticGradient,
  mlpLogisticHessian,
];

/** What serves calls with a complex64 tensor among their inputs; nothing else does. */
export const complexKernels: readonly Kernel[] = [...ofPairs, ...fourier];

export {stringKernels};
