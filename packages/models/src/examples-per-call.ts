import type {Model} from './model.ts';

/** Heap that differentiating a call should take; where it is not differentiated, early exits come the earlier for it. */
const BUDGET = 256 * 2 ** 20;

const MOST = 2048;

/** How many examples to give a model in one call, where the caller has no opinion: 2,048, or what fits into 256 MiB. */
export function examplesPerCall({bytesPerExample}: Model): number {
  if (bytesPerExample === undefined) return MOST;
  return Math.min(MOST, Math.max(1, Math.floor(BUDGET / bytesPerExample)));
}

/** Heap that networks which are evaluated together should take. */
const BUDGET_OF_NETWORKS = 2 ** 30;

const MOST_NETWORKS = 64;

/** How many networks to evaluate in one call on so many examples, where the caller has no opinion: 64, or what fits into 1 GiB. */
export function networksPerCall({bytesPerNetwork}: Model, examples: number): number {
  if (bytesPerNetwork === undefined) return MOST_NETWORKS;
  return Math.min(MOST_NETWORKS, Math.max(1, Math.floor(BUDGET_OF_NETWORKS / (bytesPerNetwork * examples))));
}
