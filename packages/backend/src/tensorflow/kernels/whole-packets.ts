import type {NativeKernel} from './kernel.ts';
import type {Handle, NativeCall} from './native-call.ts';

/** Numbers that TensorFlow's loops work on at once, on any processor. */
const PACKET = 16;

/**
 * Functions of one number that TensorFlow approximates, and otherwise for the numbers that are left over after the last whole
 * packet of a tensor. With none left over, a network's bits do not depend on how many networks are in the tensor with it.
 */
export const wholePackets: readonly NativeKernel[] = ['Exp', 'Sigmoid', 'Softplus'].map((name) => ({
  name,
  run: ({call, input}) => call.result(inWholePackets(call, name, call.input(input('x')))),
}));

/** Runs an operation of one number each on a tensor that is made up to whole packets. */
export function inWholePackets(call: NativeCall, operation: string, value: Handle): Handle {
  const count = value.shape.reduce((product, size) => product * size, 1);
  const missing = -count & (PACKET - 1);
  if (missing === 0) return call.run(operation, [value]);
  const border = call.reshape(call.integers([0, missing]), [1, 2]);
  const padded = call.run('Pad', [call.reshape(value, [count]), border]);
  const done = call.run('Slice', [call.run(operation, [padded]), call.integers([0]), call.integers([count])]);
  return call.reshape(done, value.shape);
}
