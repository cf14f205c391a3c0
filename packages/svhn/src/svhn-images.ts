/** Pictures of house numbers, 32 × 32, and the digit in the middle of each. */
export interface SvhnImages {
  /** `[size, 32, 32, channels]`, row-major: rows, columns, channels. */
  readonly pixels: Uint8Array;
  /** The digit of each image, 0 to 9, `[size]`. */
  readonly labels: Uint8Array;
  /** 3 for red, green and blue; 1 for grey. */
  readonly channels: 1 | 3;
  /** Images read. */
  readonly size: number;
  /** Images in the file. */
  readonly available: number;
}

/** Rows and columns of an image. */
export const SIDE = 32;
