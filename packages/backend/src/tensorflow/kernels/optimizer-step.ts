import {OPTIMIZER_STEP, type StepConstants} from '@minefield/tfjs-kernels';
import type {NativeKernel} from './kernel.ts';
import type {Handle, NativeCall} from './native-call.ts';

const SMALLEST_AVERAGE = 2 ** -100;
const SMALLEST_GRADIENT = 2 ** -50;

/** A step of an optimizer; the formulae stand with `optimizerStep` of `@minefield/tfjs-kernels`. */
export const optimizerStep: NativeKernel = {
  name: OPTIMIZER_STEP,
  run({call, attrs, input}) {
    const constants = attrs as unknown as StepConstants;
    const [theta, gradient, first] = ['theta', 'gradient', 'first'].map((name) =>
      call.input(input(name)),
    ) as [Handle, Handle, Handle];
    const moved = (direction: Handle): Handle =>
      subtract(call, theta, scaled(call, direction, constants.rate));
    switch (constants.name) {
      case 'adam': {
        const {beta1, gamma1, beta2, gamma2, root, epsilon} = constants;
        const m = decayed(call, first, gradient, beta1, gamma1);
        const v = decayed(call, call.input(input('second')), squared(call, gradient), beta2, gamma2);
        const scale = raised(call, scaled(call, call.run('Sqrt', [v]), root), epsilon);
        return [moved(call.run('RealDiv', [m, scale])), m, v].map((value) => call.result(value));
      }
      case 'momentum': {
        const sum = call.run('AddV2', [scaled(call, first, constants.mu), gradient]);
        const m = flushed(call, sum, SMALLEST_AVERAGE);
        return [moved(m), m].map((value) => call.result(value));
      }
      case 'rmsprop': {
        const v = decayed(call, first, squared(call, gradient), constants.rho, constants.gamma);
        const scale = raised(call, call.run('Sqrt', [v]), constants.epsilon);
        return [moved(call.run('RealDiv', [gradient, scale])), v].map((value) => call.result(value));
      }
    }
  },
};

function scaled(call: NativeCall, value: Handle, factor: number): Handle {
  return call.run('Mul', [value, call.number(factor)]);
}

function raised(call: NativeCall, value: Handle, by: number): Handle {
  return call.run('AddV2', [value, call.number(by)]);
}

function subtract(call: NativeCall, a: Handle, b: Handle): Handle {
  return call.run('Sub', [a, b]);
}

/** rate · average + rest · value */
function decayed(call: NativeCall, average: Handle, value: Handle, rate: number, rest: number): Handle {
  return flushed(
    call,
    call.run('AddV2', [scaled(call, average, rate), scaled(call, value, rest)]),
    SMALLEST_AVERAGE,
  );
}

function squared(call: NativeCall, gradient: Handle): Handle {
  return call.run('Square', [flushed(call, gradient, SMALLEST_GRADIENT)]);
}

/** Zero where |value| is below the limit. */
function flushed(call: NativeCall, value: Handle, limit: number): Handle {
  const small = call.run('Less', [call.run('Abs', [value]), call.number(limit)]);
  return call.run('SelectV2', [small, call.number(0), value]);
}
