import {batchNormTraining, batchNormTrainingGradient} from './batch-norm-training.ts';
import {conv2dBackpropFilter, conv2dBackpropInput, widenConvolutions} from './convolutions.ts';
import {registerNative} from './kernel.ts';
import {mlp, mlpGradient, mlpLogisticGradient} from './mlp.ts';
import {optimizerStep} from './optimizer-step.ts';
import {step} from './step.ts';
import {wholePackets} from './whole-packets.ts';

/** Adds to the kernels of `@tensorflow/tfjs-node`, once they are registered, what they lack and what they do slowly. */
export function registerNativeKernels(onGpu: boolean): void {
  widenConvolutions();
  const kernels = [conv2dBackpropFilter, conv2dBackpropInput, step, optimizerStep, ...wholePackets];
  if (!onGpu) kernels.push(batchNormTraining, batchNormTrainingGradient);
  for (const kernel of [...kernels, mlp, mlpGradient, mlpLogisticGradient]) registerNative(kernel);
}
