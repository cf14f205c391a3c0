import {_FusedMatMul, type TensorInfo} from '@tensorflow/tfjs-core';
import {applyActivation, clampOf} from '../activation.ts';
import {type Kernel, addTo, input, optionalInput} from '../kernel.ts';
import {matrixProduct} from '../matrix-product.ts';

/**
 * activation(a·b + bias). A bias of one row for each product (or for all) and a clamping activation cost nothing extra; any
 * other bias that broadcasts, and any other activation, follow as kernels of their own.
 */
export const fusedMatMul: Kernel = {
  name: _FusedMatMul,
  run(call) {
    const [a, b] = [input(call.inputs, 'a'), input(call.inputs, 'b')];
    const bias = optionalInput(call.inputs, 'bias');
    if ([a, b, bias].some((tensor) => tensor !== undefined && tensor.dtype !== 'float32')) return undefined;
    const transposeA = call.attrs['transposeA'] === true;
    const transposeB = call.attrs['transposeB'] === true;
    const clamp = clampOf(call.attrs['activation']);
    const depth = a.shape.at(transposeA ? -2 : -1);
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 0;
    const fused = depth !== 0 && (bias === undefined || isRow(bias, columns));
    if (fused && clamp !== undefined) {
      return matrixProduct(call, a, b, transposeA, transposeB, {bias, ...clamp});
    }
    const product = matrixProduct(call, a, b, transposeA, transposeB);
    return applyActivation(call, bias === undefined ? product : addTo(call.backend, product, bias));
  },
};

/** Whether a bias is one row of `columns` for each product or for all. */
function isRow({shape}: TensorInfo, columns: number): boolean {
  return shape.at(-1) === columns && (shape.at(-2) ?? 1) === 1;
}
