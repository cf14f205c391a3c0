/** Levels of poison below the lowest of the paper's, and lengths of training, as the page on what has been asked since tells of them. */
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

export interface LeastPoison {
  /** Poison factors of all rows, rising. */
  readonly levels: readonly number[];
  /** One for each length of training, the shortest first. */
  readonly rows: readonly LeastPoisonRow[];
  /** Steps of the longest training, where it makes the gap at no level wider than the next longest by a point; else null. */
  readonly saturated: number | null;
}

/** Gaps of one length of training where all three are known. */
export interface Rise {
  readonly steps: number;
  readonly none: number;
  /** At the lowest level above 0, and at the highest. */
  readonly least: number;
  readonly most: number;
}

export interface LeastPoisonRow {
  readonly steps: number;
  readonly seeds: number;
  /** Median gap over seeds at each level; null where none was trained. */
  readonly gaps: readonly (number | null)[];
  /** Median clean training loss at each level, in the same order. */
  readonly losses: readonly (number | null)[];
}

export function leastPoisonIn(experiments: readonly Experiment[]): LeastPoison | null {
  const found = experiments.filter(({record}) => /^small-poison(-|$)/.test(record.experiment));
  const levels = [...new Set(found.flatMap(({records}) => records.poisonFactors()))].toSorted(
    (a, b) => a - b,
  );
  const rows = found
    .flatMap(({records}): LeastPoisonRow[] => {
      const runs = records.runs();
      const [first] = runs;
      if (first === undefined) return [];
      const atLevels = (metric: 'generalizationGap' | 'trainLoss'): (number | null)[] =>
        levels.map((poisonFactor) =>
          median(records.runs({poisonFactor}).flatMap(({data}) => data.final?.[metric] ?? [])),
        );
      return [
        {
          steps: first.spec.recipe.steps,
          seeds: new Set(runs.map(({seed}) => seed)).size,
          gaps: atLevels('generalizationGap'),
          losses: atLevels('trainLoss'),
        },
      ];
    })
    .toSorted((a, b) => a.steps - b.steps);
  return rows.length === 0 ? null : {levels, rows, saturated: saturatedAt(rows)};
}

function saturatedAt(rows: readonly LeastPoisonRow[]): number | null {
  const [before, longest] = rows.slice(-2);
  if (before === undefined || longest === undefined) return null;
  const wider = longest.gaps.some((gap, i) => {
    const other = before.gaps[i] ?? null;
    return gap !== null && other !== null && gap - other > 0.01;
  });
  return wider ? null : longest.steps;
}

/** From no poison to the least and to the most of it, the shortest training first. */
export function risesIn({levels, rows}: LeastPoison): Rise[] {
  const [clean, lowest] = [levels.indexOf(0), levels.findIndex((level) => level > 0)];
  return rows.flatMap(({steps, gaps}) => {
    const [none, least, most] = [gaps[clean], gaps[lowest], gaps.at(-1)];
    if (typeof none !== 'number' || typeof least !== 'number' || typeof most !== 'number') return [];
    return [{steps, none, least, most}];
  });
}

/** Whether the least poison makes half of the whole rise where training is longest, and not a quarter where it is shortest. */
export function isMatterOfTime(rises: readonly Rise[]): boolean {
  const [shortest, longest] = [rises.at(0), rises.at(-1)];
  if (shortest === undefined || longest === undefined || rises.length < 2) return false;
  const part = ({none, least, most}: Rise): number => (least - none) / (most - none);
  return part(longest) >= 1 / 2 && part(shortest) < 1 / 4;
}

/** Where training of so many steps leaves the clean loss: without poison, and with it, as a part of the poison factor. */
export interface Balance {
  readonly clean: number;
  readonly least: number;
  readonly most: number;
}

export function balanceIn({levels, rows}: LeastPoison, steps: number): Balance | null {
  const losses = rows.find((row) => row.steps === steps)?.losses ?? [];
  const clean = losses[levels.indexOf(0)];
  const parts = levels.flatMap((level, i) => {
    const loss = losses[i];
    return level > 0 && typeof loss === 'number' ? [loss / level] : [];
  });
  if (typeof clean !== 'number' || parts.length === 0) return null;
  return {clean, least: Math.min(...parts), most: Math.max(...parts)};
}
