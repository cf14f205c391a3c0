import type {Generator} from '@minefield/core';

/** A smooth random field on the plane with values in (0, 1) and period 16. */
export type Texture = (x: number, y: number) => number;

/** Random values on the integer points, and smooth interpolation between them. */
export function createTexture(generator: Generator): Texture {
  const values = Float64Array.from({length: 256}, () => generator.uniform());
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const s = x - column;
    const t = y - row;
    const ease = s * s * (3 - 2 * s);
    const left = column & 15;
    const right = (column + 1) & 15;
    const above = (row & 15) << 4;
    const below = ((row + 1) & 15) << 4;
    const a = values[above | left] ?? 0;
    const c = values[below | left] ?? 0;
    const upper = a + ease * ((values[above | right] ?? 0) - a);
    const lower = c + ease * ((values[below | right] ?? 0) - c);
    return upper + t * t * (3 - 2 * t) * (lower - upper);
  };
}
