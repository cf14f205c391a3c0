import type {Model} from './model.ts';

/** Heap that a call should take, so that its tensors stay near the processor and early exits come early. */
const BUDGET = 64 * 2 ** 20;

const MOST = 2048;

/** How many examples to give a model in one call, where the caller has no opinion: 2,048, or what fits into 64 MiB. */
export function examplesPerCall({bytesPerExample}: Model): number {
  if (bytesPerExample === undefined) return MOST;
  return Math.min(MOST, Math.max(1, Math.floor(BUDGET / bytesPerExample)));
}
