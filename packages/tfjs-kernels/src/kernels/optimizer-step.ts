import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {OPTIMIZER_STEP, type StepConstants} from '../optimizer-step.ts';
import {offsetOf} from '../wasm-backend.ts';

/** A step of an optimizer in one pass, to new tensors: the parameters, then the running averages. */
export const optimizerStep: Kernel = {
  name: OPTIMIZER_STEP,
  run({backend, module, inputs, attrs, makeOutput}) {
    const constants = attrs as unknown as StepConstants;
    const [theta, gradient, first] = [
      input(inputs, 'theta'),
      input(inputs, 'gradient'),
      input(inputs, 'first'),
    ];
    const count = util.sizeFromShape(theta.shape);
    const make = (): TensorInfo => makeOutput(theta.shape);
    const at = (tensor: TensorInfo): number => offsetOf(backend, tensor);
    const [thetaOut, firstOut] = [make(), make()];
    switch (constants.name) {
      case 'adam': {
        const [second, secondOut] = [input(inputs, 'second'), make()];
        const {beta1, gamma1, beta2, gamma2, rate, root, epsilon} = constants;
        // prettier-ignore
        module.adam(
          count, at(theta), at(first), at(second), at(gradient), at(thetaOut), at(firstOut), at(secondOut),
          beta1, gamma1, beta2, gamma2, rate, root, epsilon,
        );
        return [thetaOut, firstOut, secondOut];
      }
      case 'momentum': {
        const {mu, rate} = constants;
        module.momentum(count, at(theta), at(first), at(gradient), at(thetaOut), at(firstOut), mu, rate);
        return [thetaOut, firstOut];
      }
      case 'rmsprop': {
        const {rho, gamma, rate, epsilon} = constants;
        // prettier-ignore
        module.rmsprop(
          count, at(theta), at(first), at(gradient), at(thetaOut), at(firstOut), rho, gamma, rate, epsilon,
        );
        return [thetaOut, firstOut];
      }
    }
  },
};
