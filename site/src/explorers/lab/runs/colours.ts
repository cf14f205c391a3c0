/** Colours and shapes of runs in the scatter plot. */
import {palette, poisonColour} from '@minefield/figures';
import {symbol, symbolCircle, symbolDiamond, symbolSquare, symbolStar, symbolTriangle} from 'd3-shape';
import type {LabTable} from '../data/lab-table.ts';

const symbols = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolStar];

/** Outline of an experiment's mark, around the origin. */
export function markOf(experiment: number, area = 42): string {
  return symbol(symbols[experiment % symbols.length], area)() ?? '';
}

const hues = [palette.clean, palette.poisoned, palette.classes[1], palette.classes[0], palette.error];

export function experimentColour(experiment: number): string {
  return hues[experiment % hues.length] ?? palette.clean;
}

/** Colour by poison: no poison at one end, the strongest of all at the other, and powers of ten between. */
export function betaColours(table: LabTable): (beta: number) => string {
  const all = (table.file.numbers['beta'] ?? []).filter((beta) => beta !== null && beta > 0) as number[];
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [1, 1];
  return (beta) => {
    if (beta <= 0) return poisonColour(0);
    const span = Math.log(high / low);
    return poisonColour(span === 0 ? 1 : 0.12 + (0.88 * Math.log(beta / low)) / span);
  };
}
