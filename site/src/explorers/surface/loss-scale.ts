/** The logarithmic scale of losses on which surfaces are drawn. */
import {palette} from '@minefield/figures';
import {hex} from '../ui/shade-plane.ts';

/** Decades of loss, in nats: what lies below the first is drawn as flat ground, what lies above the last as flat sky. */
export const DECADES = [-3, 2] as const;

/** The loss at which a pit ends. */
export const PIT_EDGE = 0.5;

/** Height of a loss: 0 at the lowest decade, 1 at the highest; losses that are no number are as high as can be. */
export function levelOf(loss: number): number {
  if (Number.isNaN(loss)) return 1;
  const [low, high] = DECADES;
  return Math.min(1, Math.max(0, (Math.log10(Math.max(loss, 1e-300)) - low) / (high - low)));
}

/** Heights of a grid of losses. */
export function levelsOf(losses: ArrayLike<number>): Float32Array {
  return Float32Array.from(losses, levelOf);
}

/** The ramp as channels of 0 to 1, low to high. */
export const RAMP: readonly (readonly [number, number, number])[] = palette.loss.map((colour) => {
  const [red, green, blue] = hex(colour);
  return [red / 255, green / 255, blue / 255];
});

/** The colour of a height. */
export function colourOf(level: number): string {
  const place = Math.min(1, Math.max(0, level)) * (RAMP.length - 1);
  const below = Math.min(RAMP.length - 2, Math.floor(place));
  const share = place - below;
  const [from, to] = [RAMP[below], RAMP[below + 1]];
  const channels = [0, 1, 2].map((i) => {
    const value = (from?.[i] ?? 0) * (1 - share) + (to?.[i] ?? 0) * share;
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

/** Height at a place of a square grid between its points, (−1, −1) the first and (1, 1) the last. */
export function levelAt(levels: ArrayLike<number>, size: number, x: number, y: number): number {
  const place = (value: number): number => ((Math.min(1, Math.max(-1, value)) + 1) / 2) * (size - 1);
  const [column, row] = [Math.min(size - 2, Math.floor(place(x))), Math.min(size - 2, Math.floor(place(y)))];
  const [right, up] = [place(x) - column, place(y) - row];
  const i = row * size + column;
  const low = (levels[i] ?? 0) * (1 - right) + (levels[i + 1] ?? 0) * right;
  const high = (levels[i + size] ?? 0) * (1 - right) + (levels[i + size + 1] ?? 0) * right;
  return low * (1 - up) + high * up;
}
