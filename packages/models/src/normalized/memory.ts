import {InputError} from '@minefield/core';
import type {Architecture} from './architecture.ts';

/** What one call may take of the heap of WebAssembly, which ends at 4 GiB. */
const LIMIT = 3 * 2 ** 30;

/**
 * Heap that one example takes at most while logits are differentiated, in bytes. TensorFlow.js frees nothing of a way back before
 * its end: that is up to ten tensors of each unit's size, and as many of the largest unit's come and go. A way that can be gone
 * back twice, or that carries a derivative along, takes up to three times as much.
 */
export function bytesPerExample({inputShape, units}: Architecture): number {
  let [height, width] = inputShape;
  let [kept, largest] = [0, 0];
  for (const {stride, outputs} of units) {
    [height, width] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    const size = height * width * outputs;
    kept += size;
    largest = Math.max(largest, size);
  }
  return Float32Array.BYTES_PER_ELEMENT * 10 * (kept + largest);
}

/** @throws {InputError} when so many examples, of all networks together, could exhaust the heap */
export function checkMemory(name: string, examples: number, bytes: number): void {
  const most = Math.floor(LIMIT / bytes);
  if (examples <= most) return;
  throw new InputError(
    `models.logits: expected at most ${most} examples, of all networks together, in a call of ${name}, which takes ${Math.ceil(bytes / 1024)} KiB for each ` +
      `and may take 3 GiB, got ${examples}; evaluate in smaller chunks, or train in smaller batches`,
  );
}
