import {BatchMatMul} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {canMultiply, matrixProduct} from '../matrix-product.ts';

/** a·b over any number of batch dimensions, either operand transposed. */
export const batchMatMul: Kernel = {
  name: BatchMatMul,
  run(call) {
    const [a, b] = [input(call.inputs, 'a'), input(call.inputs, 'b')];
    if (!canMultiply(a, b)) return undefined;
    const {transposeA, transposeB} = call.attrs;
    return matrixProduct(call, a, b, transposeA === true, transposeB === true);
  },
};
