import {Add, Multiply, RealDiv, Sub, broadcast_util, util} from '@tensorflow/tfjs-core';
import {broadcastLoop} from '../broadcast-loop.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** Sum, difference, product and quotient of float32 operands that broadcast. */
export const arithmetic: readonly Kernel[] = [Add, Sub, Multiply, RealDiv].map((name, operation) => ({
  name,
  run({backend, module, inputs, makeOutput}) {
    const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
    const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const loop = broadcastLoop(shape, a.shape, b.shape);
    if (loop === undefined) return undefined;
    const out = makeOutput(shape);
    if (util.sizeFromShape(shape) === 0) return out;
    const [n0, n1, n2, n3] = loop.sizes;
    const [a0, a1, a2, a3] = loop.aSteps;
    const [b0, b1, b2, b3] = loop.bSteps;
    const [from, other, to] = [offsetOf(backend, a), offsetOf(backend, b), offsetOf(backend, out)];
    // prettier-ignore
    module.combine(
      operation, n0, n1, n2, n3,
      from, a0 * FLOAT, a1 * FLOAT, a2 * FLOAT, a3 * FLOAT,
      other, b0 * FLOAT, b1 * FLOAT, b2 * FLOAT, b3 * FLOAT, to,
    );
    return out;
  },
}));
