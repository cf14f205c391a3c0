/** Which points have changed sides, since the minimum and just now. */

/** Milliseconds for which a point that has just changed sides is ringed. */
export const FLASH = 450;

export class Flips {
  readonly #before: readonly boolean[];
  #last: readonly boolean[];
  readonly #since: number[];

  /** @param atMinimum log-odds at the points before anything moves, `[n]` */
  constructor(atMinimum: Float32Array) {
    this.#before = sidesOf(atMinimum);
    this.#last = this.#before;
    this.#since = this.#before.map(() => -Infinity);
  }

  /**
   * @param odds log-odds at the points, `[n]`
   * @param now in milliseconds
   * @returns those on another side than at the minimum, and those that have just changed sides, `[n]` of 0 and 1
   */
  update(
    odds: Float32Array,
    now: number,
  ): {readonly flipped: readonly number[]; readonly ringed: Uint8Array} {
    const sides = sidesOf(odds);
    sides.forEach((side, i) => {
      if (side !== this.#last[i]) this.#since[i] = now;
    });
    this.#last = sides;
    return {
      flipped: sides.flatMap((side, i) => (side === this.#before[i] ? [] : [i])),
      ringed: Uint8Array.from(this.#since, (since) => (now - since < FLASH ? 1 : 0)),
    };
  }
}

function sidesOf(odds: Float32Array): readonly boolean[] {
  return Array.from(odds, (value) => value > 0);
}
