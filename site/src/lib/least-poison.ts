/** Levels of poison below the lowest of the paper's, and lengths of training, as the page on what has been asked since tells of them. */
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

export interface LeastPoison {
  /** Poison factors of all rows, rising. */
  readonly levels: readonly number[];
  /** One for each length of training, the shortest first. */
  readonly rows: readonly LeastPoisonRow[];
}

export interface LeastPoisonRow {
  readonly steps: number;
  readonly seeds: number;
  /** Median gap over seeds at each level; null where none was trained. */
  readonly gaps: readonly (number | null)[];
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
      const gaps = levels.map((poisonFactor) =>
        median(records.runs({poisonFactor}).flatMap(({data}) => data.final?.generalizationGap ?? [])),
      );
      return [{steps: first.spec.recipe.steps, seeds: new Set(runs.map(({seed}) => seed)).size, gaps}];
    })
    .toSorted((a, b) => a.steps - b.steps);
  return rows.length === 0 ? null : {levels, rows};
}
