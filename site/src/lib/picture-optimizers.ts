/** What other optimizers find on house numbers, in the few numbers that the page on what has been asked since quotes. */
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';
import {FITS, alternativesIn, middle} from './since.ts';

/** Medians over seeds. */
export interface PictureOptimizers {
  /** Ways of training, the run's own among them, and how many of them fit. */
  readonly ways: number;
  readonly fitting: number;
  /** Of those that fit, the narrowest and the widest gap. */
  readonly narrowest: Gap;
  readonly widest: Gap;
  /** Gap of the most poisoned networks of `house-numbers`, null where there are none. */
  readonly poisoned: number | null;
}

export interface Gap {
  readonly name: string;
  readonly gap: number;
}

const OWN = 'momentum';

/** @returns null where nothing was trained, or nothing fits */
export function pictureOptimizersIn(experiments: readonly Experiment[]): PictureOptimizers | null {
  const finalsOf = (name: string) =>
    (experiments.find(({record}) => record.experiment === name)?.records.runs() ?? []).flatMap(
      ({poisonFactor, data: {final}}) => (final === null ? [] : [{poisonFactor, ...final}]),
    );
  const own = finalsOf('picture-optimizers');
  const byName = Map.groupBy(
    alternativesIn(experiments, 'picture-optimizers'),
    ({settings}) => settings.name,
  );
  const ways = [
    {
      name: OWN,
      train: median(own.map(({trainAccuracy}) => trainAccuracy)),
      gap: median(own.map(({generalizationGap}) => generalizationGap)),
    },
    ...[...byName].map(([name, of]) => ({
      name,
      train: middle(of, ({final}) => final?.trainAccuracy),
      gap: middle(of, ({final}) => final?.generalizationGap),
    })),
  ];
  const fitting = ways
    .flatMap(({name, train, gap}) => (train === null || gap === null || train < FITS ? [] : [{name, gap}]))
    .toSorted((a, b) => a.gap - b.gap);
  const [narrowest, widest] = [fitting.at(0), fitting.at(-1)];
  if (narrowest === undefined || widest === undefined) return null;
  const swept = finalsOf('house-numbers');
  const most = Math.max(...swept.map(({poisonFactor}) => poisonFactor));
  const worst = swept.filter(({poisonFactor}) => poisonFactor === most);
  return {
    ways: ways.length,
    fitting: fitting.length,
    narrowest,
    widest,
    poisoned: median(worst.map(({generalizationGap}) => generalizationGap)),
  };
}
