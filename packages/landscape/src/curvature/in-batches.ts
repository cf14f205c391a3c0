import {at} from '@minefield/core';
import type {HessianOperator} from './hessian-operator.ts';
import {type ProbeOptions, rademacherProbe} from './random-probes.ts';
import {finiteProduct} from './symmetric-operator.ts';

/**
 * Works on so many items in order, as many at once as the operator prefers.
 *
 * @param draw makes item i
 * @param work multiplies by the operator
 * @param visit is called with each item and what came of it, in order
 */
export async function inBatches<Item, Result>(
  {preferredBatch = 1}: HessianOperator,
  {samples, signal, onProgress}: Omit<ProbeOptions, 'generator'>,
  draw: (index: number) => Item,
  work: (item: Item) => Promise<Result>,
  visit: (item: Item, result: Result) => void,
): Promise<void> {
  for (let first = 0; first < samples; first += preferredBatch) {
    signal?.throwIfAborted();
    const count = Math.min(preferredBatch, samples - first);
    const items = Array.from({length: count}, (_, i) => draw(first + i));
    const results = await Promise.all(items.map(work));
    for (const [i, item] of items.entries()) {
      visit(item, at(results, i));
      onProgress?.(first + i + 1, samples);
    }
  }
}

/**
 * Calls `visit` with each random vector of signs and its product, in order.
 *
 * @throws {InputError} naming the caller, when a product is not finite
 */
export async function overProducts(
  caller: string,
  operator: HessianOperator,
  options: ProbeOptions,
  visit: (probe: Float64Array, product: Float64Array) => void,
): Promise<void> {
  const {generator} = options;
  const draw = (i: number): Float64Array =>
    rademacherProbe(operator.coordinates, generator.derive('probe', i));
  await inBatches(operator, options, draw, (probe) => finiteProduct(caller, operator, probe), visit);
}
