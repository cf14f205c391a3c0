import type {Generator} from '@minefield/core';

export interface LangevinTarget {
  /** w*, where the chain starts and to which it is tied, `[P]`. */
  readonly centre: Float32Array;
  /** nβ. */
  readonly inverseTemperature: number;
  /** γ: strength of the tie. */
  readonly localization: number;
  /** ε. */
  readonly stepSize: number;
}

/** Where a chain stands. */
interface ChainPoint {
  readonly position: Float64Array;
  /** ∇U of U = nβ L + (γ/2) |w − w*|² there. */
  readonly slope: Float64Array;
}

/**
 * One Langevin chain: proposes w − (ε/2) ∇U(w) + √ε N(0, 1), and moves there, always (SGLD) or by Metropolis' rule (MALA).
 * Losses and gradients are evaluated outside, for many chains at once.
 */
export class LangevinChain {
  readonly #target: LangevinTarget;
  readonly #generator: Generator;
  readonly #noise: Float64Array;
  #point: ChainPoint;
  #energy = Number.NaN;
  #loss = Number.NaN;
  accepted = 0;
  decided = 0;

  constructor(target: LangevinTarget, generator: Generator, gradient: Float32Array) {
    this.#target = target;
    this.#generator = generator;
    this.#noise = new Float64Array(target.centre.length);
    this.#point = this.#at(new Float64Array(target.centre), gradient);
  }

  /** Loss at the chain's point, once it has been told. */
  get loss(): number {
    return this.#loss;
  }

  /** A point to move to, `[P]`. */
  propose(): Float64Array {
    const {stepSize} = this.#target;
    const {position, slope} = this.#point;
    this.#generator.fillNormalInto(this.#noise);
    const spread = Math.sqrt(stepSize);
    return position.map((w, i) => w - (stepSize / 2) * (slope[i] ?? 0) + spread * (this.#noise[i] ?? 0));
  }

  /** Moves there whatever the loss. */
  move(proposal: Float64Array, gradient: Float32Array): void {
    this.#point = this.#at(proposal, gradient);
  }

  /** Tells the chain the loss where it stands. */
  observe(loss: number): void {
    this.#loss = loss;
    this.#energy = this.#energyAt(this.#point.position, loss);
  }

  /** Moves there, or stays, so that the chain keeps exactly the distribution exp(−U). */
  decide(proposal: Float64Array, loss: number, gradient: Float32Array): void {
    const next = this.#at(proposal, gradient);
    const energy = this.#energyAt(proposal, loss);
    const logRatio =
      this.#energy - energy + this.#logDensity(next, this.#point) - this.#logDensity(this.#point, next);
    this.decided += 1;
    // Drawn whatever the outcome, so that the stream does not depend on it. A loss of NaN is never accepted.
    const drawn = Math.log(this.#generator.uniform());
    if (!(drawn < logRatio)) return;
    this.accepted += 1;
    this.#point = next;
    this.#energy = energy;
    this.#loss = loss;
  }

  #at(position: Float64Array, gradient: Float32Array): ChainPoint {
    const {centre, inverseTemperature, localization} = this.#target;
    const slope = position.map(
      (w, i) => inverseTemperature * (gradient[i] ?? 0) + localization * (w - (centre[i] ?? 0)),
    );
    return {position, slope};
  }

  #energyAt(position: Float64Array, loss: number): number {
    const {centre, inverseTemperature, localization} = this.#target;
    let squares = 0;
    position.forEach((w, i) => (squares += (w - (centre[i] ?? 0)) ** 2));
    return inverseTemperature * loss + (localization / 2) * squares;
  }

  /** log of the density with which `from` proposes `to`, up to a constant. */
  #logDensity(from: ChainPoint, to: ChainPoint): number {
    const {stepSize} = this.#target;
    let squares = 0;
    to.position.forEach((w, i) => {
      squares += (w - (from.position[i] ?? 0) + (stepSize / 2) * (from.slope[i] ?? 0)) ** 2;
    });
    return -squares / (2 * stepSize);
  }
}
