/**
 * The colours of data, the same in light and dark: each has a contrast of at least 3 : 1 with a white and with a black
 * page, and pairs that meet in one figure stay apart under the common colour blindnesses (blue–orange, purple–teal).
 */
export const palette = {
  /** No poison: good minima. */
  clean: '#2f80c3',
  /** The strongest poison: bad minima. */
  poisoned: '#d8611a',
  /** Between the two on the scale of poison. */
  between: '#8d7f96',
  /** Classes of the data. */
  classes: ['#8b62b5', '#18937c'],
  /** A misclassified point. */
  error: '#d6336c',
  /** Low to high loss: a valley in blue, ridges in sand. */
  loss: ['#27407e', '#2f6a96', '#3a949b', '#6ab791', '#b2d18b', '#eedf9b', '#f3ecc8'],
} as const;

/** The colour of a place between clean (0) and the strongest poison (1). */
export function poisonColour(position: number): string {
  const t = Math.min(1, Math.max(0, position)) * 2;
  return t <= 1 ? mix(palette.clean, palette.between, t) : mix(palette.between, palette.poisoned, t - 1);
}

/** Linear interpolation of two `#rrggbb` colours. */
function mix(from: string, to: string, t: number): string {
  const channels = [1, 3, 5].map((start) => {
    const channel = (colour: string): number => Number.parseInt(colour.slice(start, start + 2), 16);
    const value = Math.round(channel(from) * (1 - t) + channel(to) * t);
    return value.toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
