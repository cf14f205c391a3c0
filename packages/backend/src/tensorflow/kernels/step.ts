import type {NativeKernel} from './kernel.ts';

/** 1 above zero, `alpha` elsewhere, NaN at NaN. */
export const step: NativeKernel = {
  name: 'Step',
  run({call, attrs, input}) {
    const x = call.input(input('x'));
    const above = call.run('Greater', [x, call.number(0)]);
    const steps = call.run('SelectV2', [above, call.number(1), call.number(Number(attrs['alpha'] ?? 0))]);
    return call.result(call.run('SelectV2', [call.run('IsNan', [x]), x, steps]));
  },
};
