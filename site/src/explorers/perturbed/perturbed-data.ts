/** One direction out of a good and a bad minimum, as their records have it: a file of the site, made by `lib/explorer-perturbed.ts`. */
import {levelsFrom, lettersOf} from '../surface/still.ts';

export interface PerturbedStep {
  /** Cross-entropy of the training points; null where it overflowed. */
  readonly loss: number | null;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Along the direction; null where it overflowed. */
  readonly curvature: number | null;
  /** Training points that are classified wrongly, by their places. */
  readonly wrong: readonly number[];
  /** Log-odds over the square of the inputs, for {@link logitsFrom}. */
  readonly logits: string;
}

export interface PerturbedNetwork {
  readonly poisonFactor: number;
  /** Mean radius of its basin along all directions, relative. */
  readonly radius: number;
  readonly steps: readonly PerturbedStep[];
}

export interface PerturbedDirection {
  /** Distance of each step, in mean radii of the network's own basin. */
  readonly radii: readonly number[];
  readonly halfWidth: number;
  /** Points a side of the log-odds. */
  readonly size: number;
  /** Training points, the same for all networks. */
  readonly points: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly label: readonly number[];
  };
  readonly networks: readonly PerturbedNetwork[];
}

/** Log-odds beyond which all look alike: the deepest shade begins at 5. */
const SURE = 6;

export function lettersOfLogits(logits: readonly number[]): string {
  return lettersOf(logits.map((odds) => (Math.max(-SURE, Math.min(SURE, odds)) / SURE + 1) / 2));
}

export function logitsFrom(letters: string): Float32Array {
  return levelsFrom(letters).map((level) => SURE * (2 * level - 1));
}

/** `at 1.2 radii` */
export function placeText(radii: number | undefined = 0): string {
  if (radii === 0) return 'at the minimum';
  return `at ${String(radii).replace('-', '−')} ${Math.abs(radii) === 1 ? 'radius' : 'radii'}`;
}
