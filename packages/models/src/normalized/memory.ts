import type {Architecture} from './architecture.ts';

/** What one call may take of the heap of WebAssembly, which ends at 4 GiB. */
const LIMIT = 3 * 2 ** 30;

/**
 * Heap that one example takes while logits are differentiated, in bytes: three tensors that each unit keeps for the way back,
 * and eight of the largest unit's size that come and go.
 */
export function bytesPerExample({inputShape, units}: Architecture): number {
  let [height, width] = inputShape;
  let [kept, largest] = [0, 0];
  for (const {stride, outputs} of units) {
    [height, width] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    const size = height * width * outputs;
    kept += 3 * size;
    largest = Math.max(largest, size);
  }
  return Float32Array.BYTES_PER_ELEMENT * (kept + 8 * largest);
}

/** @throws {RangeError} when so many examples could exhaust the heap */
export function checkMemory(name: string, examples: number, bytes: number): void {
  const most = Math.floor(LIMIT / bytes);
  if (examples <= most) return;
  throw new RangeError(
    `models.logits: expected at most ${most} examples in a call of ${name}, which takes ${Math.ceil(bytes / 1024)} KiB for each ` +
      `and may take 3 GiB, got ${examples}; evaluate in smaller chunks, or train in smaller batches`,
  );
}
