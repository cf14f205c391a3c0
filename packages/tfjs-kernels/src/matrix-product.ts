import {type TensorInfo, broadcast_util, util} from '@tensorflow/tfjs-core';
import {at} from './at.ts';
import {batchSteps} from './batch-steps.ts';
import type {KernelCall} from './kernel.ts';
import {memoryOf, offsetOf, withScratch} from './wasm-backend.ts';

/** Bytes of a number, float32 or int32. */
const WORD = Float32Array.BYTES_PER_ELEMENT;

/** What is done to a finished product: bias added, then clamped to [low, high]. */
export interface ProductEpilogue {
  /** One row for all products, `[n]`, or one for each, `[..., 1, n]`. */
  readonly bias?: TensorInfo | undefined;
  readonly low: number;
  readonly high: number;
}

const plain: ProductEpilogue = {low: -Infinity, high: Infinity};

/** Whether both operands are of one type that products are made of: float32, or int32 modulo 2³². */
export function canMultiply(a: TensorInfo, b: TensorInfo): boolean {
  return a.dtype === b.dtype && (a.dtype === 'float32' || a.dtype === 'int32');
}

/**
 * Product of the last two dimensions, the others broadcast; see {@link canMultiply}. Integers take no epilogue.
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
  const integers = a.dtype === 'int32';
  const out = makeOutput([...batch, rows, columns], integers ? 'int32' : 'float32');
  const size = util.sizeFromShape(out.shape);
  if (size === 0) return out;
  const to = offsetOf(backend, out);
  if (depth === 0 && bias === undefined) {
    new Float32Array(memoryOf(backend).buffer, to, size).fill(0);
    return out;
  }
  const [aFrom, bFrom] = [offsetOf(backend, a), offsetOf(backend, b)];
  const biasFrom = bias === undefined ? 0 : offsetOf(backend, bias);
  const [aRow, aDepth] = transposeA ? [WORD, rows * WORD] : [depth * WORD, WORD];
  const [bDepthStep, bColumn] = transposeB ? [WORD, depth * WORD] : [columns * WORD, WORD];
  const steps = batchSteps(batch, [aBatch, bBatch, bias?.shape.slice(0, -2) ?? []]);
  const [aStep, bStep, biasStep] = [rows * depth * WORD, depth * columns * WORD, columns * WORD];
  const [aMove, bMove, biasMove] = steps.moves;
  // Products that share B, with A's rows in one piece, are one product of more rows.
  const folded = aMove === 1 && bMove === 0 && biasMove === 0 && !transposeA ? steps.length : 1;
  withScratch(backend, integers ? WORD : module.multiplyScratch(depth, columns), (scratch) => {
    steps.runs.forEach((items, run) => {
      const [aIndex, bIndex, biasIndex] = items;
      const target = to + run * steps.length * rows * columns * WORD;
      // prettier-ignore
      const operands = [
        steps.length / folded, rows * folded, columns, depth,
        aFrom + aIndex * aStep, aMove * aStep, aRow, aDepth,
        bFrom + bIndex * bStep, bMove * bStep, bDepthStep, bColumn,
      ] as const;
      if (integers) {
        module.multiplyIntegers(...operands, target);
      } else {
        const biasAt = biasFrom + biasIndex * biasStep;
        module.multiply(...operands, biasAt, biasMove * biasStep, low, high, target, scratch);
      }
    });
  });
  return out;
}
