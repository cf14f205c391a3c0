/**
 * A kernel of our own, `MlpLogisticHessian`: products of vectors with the Hessians of Σ weight · softplus(−target · logit) by the
 * parameters of K perceptrons, D vectors for each.
 *
 * Inputs as those of `MlpLogisticGradient`, and `vectors` `[K, D, P]`; attribute `widths`, which ends in 1. Gives `[K, D, P]`.
 *
 * Values go forwards and slopes back once for a network, then for each vector the derivatives of both along it (Pearlmutter
 * 1994): the work of some six evaluations of the loss a vector, and of two a network. A kink of a ReLU counts as flat, as it
 * does for the gradient. Sums are taken in the order of the operations that TensorFlow.js would differentiate: with plain SIMD
 * a product has the bits of the derivative of the loss's slope along the vector.
 */
import {type Kernel, input} from '../kernel.ts';
import {memoryOf, offsetOf, withScratch} from '../wasm-backend.ts';
import {hessianRoom, hessianWork} from './hessian-work.ts';
import {logisticExamples} from './mlp-logistic.ts';
import {bytes, mlpShape, sum} from './mlp-shape.ts';

export const mlpLogisticHessian: Kernel = {
  name: 'MlpLogisticHessian',
  run(call) {
    const {backend, module, inputs, makeOutput} = call;
    const shape = mlpShape(call);
    const {networks, rows, parameters} = shape;
    const given = input(inputs, 'vectors');
    const [count = 0] = given.shape.slice(1);
    if (given.dtype !== 'float32' || String(given.shape) !== `${networks},${count},${parameters}`) {
      throw new RangeError(
        `tfjs-kernels.MlpLogisticHessian: expected float32 vectors [${networks}, D, ${parameters}], ` +
          `got ${given.dtype} [${given.shape}]`,
      );
    }
    const examplesOf = logisticExamples('MlpLogisticHessian', call, shape);
    const result = makeOutput([networks, count, parameters]);
    const thetas = offsetOf(backend, input(inputs, 'thetas'));
    const [vectors, products] = [offsetOf(backend, given), offsetOf(backend, result)];
    if (rows === 0) {
      new Float32Array(memoryOf(backend).buffer, products, networks * count * parameters).fill(0);
      return result;
    }
    const room = hessianRoom(module, shape);
    withScratch(backend, bytes(sum(room)), (scratch) => {
      const {start, multiply} = hessianWork(module, shape, scratch, room);
      for (let k = 0; k < networks; k++) {
        const theta = thetas + bytes(k * parameters);
        const examples = examplesOf(k);
        start(theta, examples);
        for (let d = k * count; d < (k + 1) * count; d++)
          multiply(theta, examples, vectors + bytes(d * parameters), products + bytes(d * parameters));
      }
    });
    return result;
  },
};
