/** Pictures of records in few letters: what a page shows before, or without, script. */

/** Letters of heights, low to high; none needs escaping in HTML. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Heights of 0 to 1 as letters. */
export function lettersOf(levels: ArrayLike<number>): string {
  return Array.from(levels, (level) => LETTERS[Math.round(level * (LETTERS.length - 1))] ?? '0').join('');
}

export function levelsFrom(letters: string): Float32Array {
  return Float32Array.from(letters, (letter) => LETTERS.indexOf(letter) / (LETTERS.length - 1));
}

/** One minimum as its records have it. */
export interface SurfaceStill {
  /** Heights of the loss over a plane. */
  readonly surface: string;
  readonly size: number;
  /** Half the plane's side, in relative radius. */
  readonly half: number;
  /** Log-odds over the square of the inputs, ½ at even odds. */
  readonly boundary: string;
  readonly boundarySize: number;
}
