import {palette} from './palette.ts';

/** Poison factors run over decades and include 0, so they lie on a symmetric logarithm: 0 has a place of its own. */

/** Below this the scale is linear: half the smallest positive level. */
function constantOf(levels: readonly number[]): number {
  const smallest = Math.min(...levels.filter((level) => level > 0));
  return Number.isFinite(smallest) ? smallest / 2 : 1;
}

/** Where a level lies between clean (0) and the strongest one (1); a lone positive level is the strongest. */
export function poisonPosition(levels: readonly number[]): (level: number) => number {
  const constant = constantOf(levels);
  const span = Math.log1p(Math.max(...levels) / constant);
  return (level) => (span === 0 ? 0 : Math.log1p(level / constant) / span);
}

/** The horizontal axis of figures against the poison factor. */
export function poisonAxis(levels: readonly number[]): Readonly<Record<string, unknown>> {
  const values = ticks(levels);
  return {
    field: 'poisonFactor',
    type: 'quantitative',
    title: 'Poison factor β',
    scale: {...poisonScale(levels), padding: 8},
    // Vega thins even given values to its count.
    axis: {values, tickCount: values.length, format: '~g', labelOverlap: 'greedy'},
  };
}

/** Colour by poison, from clean to the strongest; a gradient serves as legend, however many levels there are. */
export function poisonFill(levels: readonly number[]): Readonly<Record<string, unknown>> {
  return {
    field: 'poisonFactor',
    type: 'quantitative',
    title: 'Poison factor β',
    scale: {
      ...poisonScale(levels),
      range: [palette.clean, palette.between, palette.poisoned],
      interpolate: 'rgb',
    },
    legend: {values: ticks(levels), format: '~g'},
  };
}

function poisonScale(levels: readonly number[]): Readonly<Record<string, unknown>> {
  const maximum = Math.max(...levels);
  return {
    type: 'symlog',
    constant: Number(constantOf(levels).toPrecision(4)),
    domain: [0, maximum > 0 ? maximum : 1],
    nice: false,
  };
}

/** 0, the decades between the smallest and largest level, and the largest itself. */
function ticks(levels: readonly number[]): number[] {
  const positive = levels.filter((level) => level > 0);
  if (positive.length === 0) return [0];
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high / 2));
  const decades = Array.from({length: Math.max(0, last - first + 1)}, (_, i) => Number(`1e${first + i}`));
  return [0, ...decades, Number(high.toPrecision(3))];
}
