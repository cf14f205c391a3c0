/** Wakes whoever waits, and is not missed by one who is about to. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** @throws the signal's reason */
  async rung(signal: AbortSignal | undefined): Promise<void> {
    const wake = (): void => this.#wake?.();
    signal?.addEventListener('abort', wake, {once: true});
    if (!this.#rung && signal?.aborted !== true) await new Promise<void>((resolve) => (this.#wake = resolve));
    signal?.removeEventListener('abort', wake);
    this.#rung = false;
    signal?.throwIfAborted();
  }
}
