/** Colours of a boundary picture, pixel by pixel. */
import {palette} from '@minefield/figures';

/** Log-odds at which the shade deepens: probabilities of 50%, 88% and 99.3%, as in the printed figures. */
const SHADES = [0, 2, 5];

/** How much each shade covers. */
const COVER = 0.18;

export type Rgb = readonly [number, number, number];

export const classColours = palette.classes.map(hex) as unknown as readonly [Rgb, Rgb];

/**
 * Shades a square by class and confidence, between grid points by bilinear interpolation of the log-odds, so that edges are
 * as sharp as the screen.
 *
 * @param logits `[size, size]`, the first row the lowest
 * @param pixels RGBA, `[side, side, 4]`, the first row the highest; written to
 * @param ink of the line where both classes are as likely
 */
export function shadePlane(
  logits: Float32Array,
  size: number,
  pixels: Uint8ClampedArray,
  side: number,
  classes: readonly [Rgb, Rgb],
  ink: Rgb,
): void {
  const [lower, upper] = classes.map(tints) as [readonly number[], readonly number[]];
  const scale = (size - 1) / (side - 1);
  const columns = new Int32Array(side);
  const shares = new Float32Array(side);
  for (let x = 0; x < side; x++) {
    columns[x] = Math.min(size - 2, Math.floor(x * scale));
    shares[x] = x * scale - (columns[x] as number);
  }
  const edge = word(ink, 0.6);
  const above = new Uint8Array(side);
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, side * side);
  for (let y = 0; y < side; y++) {
    const place = (side - 1 - y) * scale;
    const row = Math.min(size - 2, Math.floor(place));
    const rise = place - row;
    let left = 0;
    for (let x = 0; x < side; x++) {
      const i = row * size + (columns[x] as number);
      const share = shares[x] as number;
      const low = (logits[i] as number) * (1 - share) + (logits[i + 1] as number) * share;
      const high = (logits[i + size] as number) * (1 - share) + (logits[i + size + 1] as number) * share;
      const value = low * (1 - rise) + high * rise;
      const confidence = Math.abs(value);
      const depth = confidence >= 5 ? 2 : confidence >= 2 ? 1 : 0;
      const sign = value >= 0 ? 1 : 0;
      const crossed = (x > 0 && sign !== left) || (y > 0 && sign !== above[x]);
      words[y * side + x] = crossed ? edge : ((sign === 1 ? upper : lower)[depth] as number);
      above[x] = sign;
      left = sign;
    }
  }
}

/** The three shades of a class; the page shows through. */
function tints(colour: Rgb): readonly number[] {
  return SHADES.map((_, depth) => word(colour, 1 - (1 - COVER) ** (depth + 1)));
}

/** RGBA as a little-endian word. */
function word([red, green, blue]: Rgb, opacity: number): number {
  return ((Math.round(255 * opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Of `#rrggbb`. */
export function hex(colour: string): Rgb {
  const channel = (start: number): number => Number.parseInt(colour.slice(start, start + 2), 16);
  return [channel(1), channel(3), channel(5)];
}
