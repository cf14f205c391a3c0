import type {BlobStore} from './blob-store.ts';

/** Counts who needs which files at the blobs, and lets go of one that nobody needs any more. */
export class FileHolders {
  readonly #blobs: BlobStore;
  readonly #counts = new Map<string, number>();

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  hold(files: readonly string[]): void {
    for (const file of files) this.#counts.set(file, (this.#counts.get(file) ?? 0) + 1);
  }

  letGo(files: readonly string[]): void {
    for (const file of files) {
      const holders = (this.#counts.get(file) ?? 0) - 1;
      if (holders > 0) {
        this.#counts.set(file, holders);
      } else {
        this.#counts.delete(file);
        this.#blobs.release(file).catch(() => undefined);
      }
    }
  }

  isHeld(file: string): boolean {
    return this.#counts.has(file);
  }
}
