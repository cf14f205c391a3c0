import {util} from '@tensorflow/tfjs-core';
import {at} from '../at.ts';
import {type KernelCall, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';
import {type MlpShape, bytes} from './mlp-shape.ts';

/** Where the examples of a network start. */
export interface LogisticExamples {
  readonly inputs: number;
  readonly targets: number;
  readonly weights: number;
}

/**
 * Where the examples of each network start, for a kernel that differentiates Σ weight · softplus(−target · logit).
 *
 * @throws {RangeError} when targets and weights are not float32 `[K, n]`, or the networks have not one output
 */
export function logisticExamples(
  kernel: string,
  {backend, inputs}: KernelCall,
  {networks, rows, widths, ownInputs}: MlpShape,
): (network: number) => LogisticExamples {
  const firstOf = (name: string): number => {
    const tensor = input(inputs, name);
    const {shape, dtype} = tensor;
    if (widths.at(-1) === 1 && dtype === 'float32' && util.arraysEqual(shape, [networks, rows]))
      return offsetOf(backend, tensor);
    throw new RangeError(
      `tfjs-kernels.${kernel}: expected float32 targets and weights [${networks}, ${rows}] and one output, ` +
        `got ${dtype} [${shape}] and ${widths.at(-1)} outputs`,
    );
  };
  const [targets, weights] = [firstOf('targets'), firstOf('weights')];
  const x = offsetOf(backend, input(inputs, 'inputs'));
  return (network) => ({
    inputs: x + bytes(ownInputs * network * rows * at(widths, 0)),
    targets: targets + bytes(network * rows),
    weights: weights + bytes(network * rows),
  });
}
