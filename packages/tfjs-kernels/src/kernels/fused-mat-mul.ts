import {_FusedMatMul, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {applyActivation, clampOf} from '../activation.ts';
import {type Kernel, addTo, input, optionalInput} from '../kernel.ts';
import {canMultiply, matrixProduct} from '../matrix-product.ts';

/**
 * activation(a·b + bias). A bias of one row for each product (or for all) and a clamping activation cost nothing extra; any
 * other bias that broadcasts, and any other activation, follow as kernels of their own.
 */
export const fusedMatMul: Kernel = {
  name: _FusedMatMul,
  run(call) {
    const [a, b] = [input(call.inputs, 'a'), input(call.inputs, 'b')];
    const given = optionalInput(call.inputs, 'bias');
    if (!canMultiply(a, b) || (given !== undefined && given.dtype !== a.dtype)) return undefined;
    const transposeA = call.attrs['transposeA'] === true;
    const transposeB = call.attrs['transposeB'] === true;
    const clamp = clampOf(call.attrs['activation']);
    const depth = a.shape.at(transposeA ? -2 : -1);
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 0;
    const {bias, period} = foldedBias(given, a, b);
    const fused = a.dtype === 'float32' && depth !== 0 && (bias === undefined || isRow(bias, columns));
    if (fused && period === undefined && clamp !== undefined) {
      return matrixProduct(call, a, b, transposeA, transposeB, {bias, ...clamp});
    }
    const product = matrixProduct(call, a, b, transposeA, transposeB);
    if (bias === undefined) return applyActivation(call, product);
    if (period === undefined) return applyActivation(call, addTo(call.backend, product, bias));
    const [products = 0, ...matrix] = product.shape;
    const view = {...product, shape: [products / period, period, ...matrix]};
    return applyActivation(call, {...addTo(call.backend, view, bias), shape: product.shape});
  },
};

/** Whether a bias is one row of `columns` for each product or for all. */
function isRow({shape}: TensorInfo, columns: number): boolean {
  return shape.at(-1) === columns && (shape.at(-2) ?? 1) === 1;
}

interface FoldedBias {
  readonly bias: TensorInfo | undefined;
  /** After how many products the bias starts anew, where that is neither one nor all. */
  readonly period?: number;
}

/**
 * A bias with the dimensions that products have: TensorFlow.js folds those of a batch into one, but leaves the bias as it is.
 *
 * @throws {RangeError} where the bias differs along an outer dimension of the batch and not along one within, so that nothing
 *   tells any more which product it belongs to
 */
function foldedBias(bias: TensorInfo | undefined, a: TensorInfo, b: TensorInfo): FoldedBias {
  if (bias === undefined || bias.shape.length < 3 || a.shape.length !== 3 || b.shape.length !== 3)
    return {bias};
  const products = Math.max(a.shape[0] ?? 1, b.shape[0] ?? 1);
  const outer = bias.shape.slice(0, -2);
  const own = util.sizeFromShape(outer);
  const folded = {dataId: bias.dataId, dtype: bias.dtype, shape: [own, ...bias.shape.slice(-2)]};
  if (own === 1 || own === products) return {bias: folded};
  const inner = outer.slice(outer.findIndex((length) => length !== 1));
  if (inner.every((length) => length > 1) && products % own === 0) return {bias: folded, period: own};
  throw new RangeError(
    `tfjs-kernels.matMul: expected a bias that differs along the innermost dimensions of a batch of ${products} products, ` +
      `got [${bias.shape}]; add it after the product`,
  );
}
