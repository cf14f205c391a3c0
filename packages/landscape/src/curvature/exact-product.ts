import type {EvaluationOptions, Objective} from '@minefield/core';
import {checkLength} from '../check-input.ts';
import {gathered} from './gathered.ts';

/** Makes products at a point, of vectors `[P]` in the coordinates; those that are asked for at once in one call. */
export type ProductAt = (
  theta: Float32Array,
  evaluation: EvaluationOptions,
) => (vector: ArrayLike<number>) => Promise<Float64Array>;

/**
 * S H S v by the objective's own products; undefined where it has none.
 *
 * @param scale diagonal of S, `[P]`
 */
export function exactProduct(objective: Objective, scale: Float64Array): ProductAt | undefined {
  const multiply = productsOf(objective);
  if (multiply === undefined) return undefined;
  const size = scale.length;
  return (theta, evaluation) => {
    const products = gathered<Float32Array, Float32Array>(async (vectors) => {
      evaluation.signal?.throwIfAborted();
      return multiply(theta, vectors, evaluation);
    });
    return async (vector) => {
      // Plain loops: a small network's product is made sooner than a callback is called for each of its numbers.
      const moved = new Float32Array(size);
      for (let i = 0; i < size; i++) moved[i] = (scale[i] ?? 0) * (vector[i] ?? 0);
      const product = await products(moved);
      checkLength('hessianOperator', 'a product of the objective', product, size);
      const scaled = new Float64Array(size);
      for (let i = 0; i < size; i++) scaled[i] = (scale[i] ?? 0) * (product[i] ?? 0);
      return scaled;
    };
  };
}

type Products = (
  theta: Float32Array,
  vectors: readonly Float32Array[],
  evaluation: EvaluationOptions,
) => Promise<Float32Array[]>;

function productsOf(objective: Objective): Products | undefined {
  const one = objective.hessianVector?.bind(objective);
  const several = objective.hessianVectors?.bind(objective);
  if (several !== undefined) {
    return async (theta, vectors, evaluation) => {
      const size = theta.length;
      const together = inOnePiece(vectors, size);
      const products = await several(theta, together, evaluation);
      checkLength('hessianOperator', 'products of the objective', products, together.length);
      return vectors.map((_, k) => products.subarray(k * size, (k + 1) * size));
    };
  }
  return (
    one &&
    (async (theta, vectors, evaluation) => {
      const products: Float32Array[] = [];
      for (const vector of vectors) products.push(await one(theta, vector, evaluation));
      return products;
    })
  );
}

function inOnePiece(vectors: readonly Float32Array[], size: number): Float32Array {
  const [first] = vectors;
  if (first !== undefined && vectors.length === 1) return first;
  const all = new Float32Array(vectors.length * size);
  for (const [k, vector] of vectors.entries()) all.set(vector, k * size);
  return all;
}
