import type {Model} from './model.ts';

/** Heap that differentiating a call should take; where it is not differentiated, early exits come the earlier for it. */
const BUDGET = 256 * 2 ** 20;

const MOST = 2048;

/** How many examples to give a model in one call, where the caller has no opinion: 2,048, or what fits into 256 MiB. */
export function examplesPerCall({bytesPerExample}: Model): number {
  if (bytesPerExample === undefined) return MOST;
  return Math.min(MOST, Math.max(1, Math.floor(BUDGET / bytesPerExample)));
}
