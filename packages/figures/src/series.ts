import {inWords} from './numbers.ts';
import {poisonColour} from './palette.ts';
import {poisonPosition} from './poison-scale.ts';

interface Sample {
  readonly seed: number;
  readonly poisonFactor: number;
}

/** What one record is called in a legend, from least to most poison; seeds are named where they tell records apart. */
export interface Series {
  readonly labels: readonly string[];
  labelOf(sample: Sample): string;
  /** A colour encoding with its legend. */
  readonly colour: Readonly<Record<string, unknown>>;
  readonly longest: number;
}

/** Names and colours the given records. */
export function seriesOf(samples: readonly Sample[]): Series {
  const levels = new Set(samples.map(({poisonFactor}) => poisonFactor));
  const severalSeeds = samples.length > levels.size;
  const labelOf = ({seed, poisonFactor}: Sample): string => {
    const level = poisonLabel(poisonFactor);
    return severalSeeds ? `${level}, seed ${seed}` : level;
  };
  const sorted = samples.toSorted((a, b) => a.poisonFactor - b.poisonFactor || a.seed - b.seed);
  const position = poisonPosition([...levels]);
  const colours = new Map(
    sorted.map((sample) => [labelOf(sample), poisonColour(position(sample.poisonFactor))]),
  );
  const labels = [...colours.keys()];
  const colour = {
    field: 'series',
    type: 'nominal',
    title: null,
    scale: {domain: labels, range: [...colours.values()]},
    ...(labels.length === 1 ? {legend: null} : {}),
  };
  return {labels, labelOf, colour, longest: Math.max(...labels.map((label) => label.length))};
}

/** "clean (β = 0)" or "poisoned (β = 0.8)". */
export function poisonLabel(poisonFactor: number): string {
  return poisonFactor === 0 ? 'clean (β = 0)' : `poisoned (β = ${inWords(poisonFactor)})`;
}
