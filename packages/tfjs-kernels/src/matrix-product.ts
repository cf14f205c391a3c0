import {type TensorInfo, broadcast_util, util} from '@tensorflow/tfjs-core';
import {at} from './at.ts';
import {batchSteps} from './batch-steps.ts';
import type {KernelCall} from './kernel.ts';
import {memoryOf, offsetOf, withScratch} from './wasm-backend.ts';

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** What is done to a finished product: bias added, then clamped to [low, high]. */
export interface ProductEpilogue {
  /** One row for all products, `[n]`, or one for each, `[..., 1, n]`. */
  readonly bias?: TensorInfo | undefined;
  readonly low: number;
  readonly high: number;
}

const plain: ProductEpilogue = {low: -Infinity, high: Infinity};

/**
 * Product of the last two dimensions, the others broadcast.
 *
 * @param a `[..., m, k]`, or `[..., k, m]` where it is transposed
 * @param b `[..., k, n]`, or `[..., n, k]` where it is transposed
 * @returns `[..., m, n]`
 * @throws {RangeError} when inner dimensions differ or an operand has less than two
 */
export function matrixProduct(
  {backend, module, makeOutput}: KernelCall,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  {bias, low, high}: ProductEpilogue = plain,
): TensorInfo {
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new RangeError(
      `tfjs-kernels.matMul: expected operands of two dimensions or more, got [${a.shape}] and [${b.shape}]`,
    );
  }
  const [aRows, aColumns] = [at(a.shape, -2), at(a.shape, -1)];
  const [bRows, bColumns] = [at(b.shape, -2), at(b.shape, -1)];
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (depth !== bDepth) {
    throw new RangeError(
      `tfjs-kernels.matMul: expected equal inner dimensions, got ${depth} of [${a.shape}] and ${bDepth} of [${b.shape}] ` +
        `with transposeA=${transposeA} and transposeB=${transposeB}`,
    );
  }
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const out = makeOutput([...batch, rows, columns]);
  const size = util.sizeFromShape(out.shape);
  if (size === 0) return out;
  const to = offsetOf(backend, out);
  if (depth === 0 && bias === undefined) {
    new Float32Array(memoryOf(backend).buffer, to, size).fill(0);
    return out;
  }
  const [aFrom, bFrom] = [offsetOf(backend, a), offsetOf(backend, b)];
  const biasFrom = bias === undefined ? 0 : offsetOf(backend, bias);
  const [aRow, aDepth] = transposeA ? [FLOAT, rows * FLOAT] : [depth * FLOAT, FLOAT];
  const [bDepthStep, bColumn] = transposeB ? [FLOAT, depth * FLOAT] : [columns * FLOAT, FLOAT];
  const steps = batchSteps(batch, [aBatch, bBatch, bias?.shape.slice(0, -2) ?? []]);
  const [aStep, bStep, biasStep] = [rows * depth * FLOAT, depth * columns * FLOAT, columns * FLOAT];
  const [aMove, bMove, biasMove] = steps.moves;
  // Products that share B, with A's rows in one piece, are one product of more rows.
  const folded = aMove === 1 && bMove === 0 && biasMove === 0 && !transposeA ? steps.length : 1;
  withScratch(backend, module.multiplyScratch(depth, columns), (scratch) => {
    steps.runs.forEach((items, run) => {
      const [aIndex, bIndex, biasIndex] = items;
      // prettier-ignore
      module.multiply(
        steps.length / folded, rows * folded, columns, depth,
        aFrom + aIndex * aStep, aMove * aStep, aRow, aDepth,
        bFrom + bIndex * bStep, bMove * bStep, bDepthStep, bColumn,
        biasFrom + biasIndex * biasStep, biasMove * biasStep, low, high,
        to + run * steps.length * rows * columns * FLOAT, scratch,
      );
    });
  });
  return out;
}
