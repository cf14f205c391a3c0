import {InputError} from '@minefield/core';

/** A symmetric matrix known by its products. A `HessianOperator` is one. */
export interface SymmetricOperator {
  apply(vector: Float64Array): Promise<Float64Array>;
}

/**
 * A product of which every entry is a number: one that is not would vanish in a sum, or spoil it unseen.
 *
 * @throws {InputError} naming the caller and the first entry that is not finite
 */
export async function finiteProduct(
  caller: string,
  operator: SymmetricOperator,
  vector: Float64Array,
): Promise<Float64Array> {
  const product = await operator.apply(vector);
  let index = 0;
  while (index < product.length && Number.isFinite(product[index])) index += 1;
  if (index === product.length) return product;
  throw new InputError(
    `landscape.${caller}: expected finite products, got ${product[index]} at parameter ${index}; ` +
      'is the checkpoint diverged, or the gradient undefined there?',
  );
}
