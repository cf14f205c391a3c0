/** Mean and standard error of numbers seen one by one (Welford). */
export class RunningMean {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const delta = value - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
  }

  get mean(): number {
    return this.#mean;
  }

  /** Infinity for fewer than two. */
  get standardError(): number {
    if (this.#count < 2) return Infinity;
    return Math.sqrt(this.#squares / (this.#count - 1) / this.#count);
  }
}
