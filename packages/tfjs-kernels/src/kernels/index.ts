import type {Kernel} from '../kernel.ts';
import {arithmetic} from './arithmetic.ts';
import {batchMatMul} from './batch-mat-mul.ts';
import {batchNormTraining, batchNormTrainingGradient} from './batch-norm-training.ts';
import {clipRows} from './clip-rows.ts';
import {conv2d, fusedConv2d} from './conv2d.ts';
import {conv2dBackpropFilter} from './conv2d-backprop-filter.ts';
import {conv2dBackpropInput} from './conv2d-backprop-input.ts';
import {depthwiseBackpropFilter} from './depthwise-backprop-filter.ts';
import {depthwiseBackpropInput} from './depthwise-backprop-input.ts';
import {einsum} from './einsum.ts';
import {fusedBatchNorm} from './fused-batch-norm.ts';
import {fusedDepthwiseConv2d} from './fused-depthwise-conv2d.ts';
import {fusedMatMul} from './fused-mat-mul.ts';
import {cast, identity} from './identity.ts';
import {logistic} from './logistic.ts';
import {maxPoolGrad} from './max-pool-grad.ts';
import {mlp, mlpGradient, mlpLogisticGradient} from './mlp.ts';
import {mlpLogisticHessian} from './mlp-hessian.ts';
import {optimizerStep} from './optimizer-step.ts';
import {sums} from './sums.ts';
import {tile} from './tile.ts';
import {unsortedSegmentSum} from './unsorted-segment-sum.ts';

/** Every kernel that is replaced or added. */
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
  clipRows,
  optimizerStep,
  mlp,
  mlpGradient,
  mlpLogisticGradient,
  mlpLogisticHessian,
];
