/** What was asked after the paper, in the few numbers that the page on it quotes. */
import {type AnalysisOf, featureMapText} from '@minefield/results';
import type {Claim, Verdict} from './claims.ts';
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';

export type Alternative = AnalysisOf<'alternatives'>;
/** Training accuracy from which a network or classifier is said to fit. */
export const FITS = 0.99;

export type Measure = NonNullable<Claim['measures']>[number];

/** Claim 12. */
export interface Optimizers {
  readonly verdict: Verdict;
  /** How many fit the training set. */
  readonly fitting: number;
  /** Widest of the median gaps of those. */
  readonly widest: number;
  /** The same of those that see the whole training set in each step, and of those that see batches; null where none does. */
  readonly whole: number | null;
  readonly batches: number | null;
  /** Median gap with the most poison. */
  readonly bad: number;
}

/** Claim 14. Correlations with the number of training examples, at a loss of 0.5. */
export interface MoreData {
  readonly verdict: Verdict;
  readonly few: {readonly examples: number; readonly gap: number | null};
  readonly many: {readonly examples: number; readonly gap: number | null};
  readonly onSmallest: number;
  readonly onOwn: number;
  /** As `onSmallest`, in raw coordinates; and of the largest eigenvalue there. Null where it is not known. */
  readonly inRaw: number | null;
  readonly eigenvalue: number | null;
  /** The number of training examples whose networks have the smallest basins on the smallest set, in the median; null where none is known. */
  readonly narrowest: number | null;
}

/** Claim 15. Decades, good over bad, at a loss of 0.5. */
export interface Units {
  readonly verdict: Verdict;
  readonly trained: number;
  readonly balanced: number;
  readonly rows: readonly UnitsRow[];
}

/** Medians over seeds of one set of weights. */
export interface UnitsRow {
  readonly weights: string;
  /** The least and the most decades of a seed, relative; null where they are not known. */
  readonly bySeed: {readonly least: number; readonly most: number} | null;
  /** Decades, good over bad, in relative and in raw coordinates. */
  readonly relative: number | null;
  readonly raw: number | null;
  /** Largest eigenvalue, relative, at either end. */
  readonly good: number | null;
  readonly bad: number | null;
}

/** Linear classifiers beside networks, of one experiment; medians over seeds, accuracies on examples never seen. */
export interface Linear {
  /** Training examples. */
  readonly examples: number;
  readonly network: number;
  /** Of the feature maps that fit the training set, the one that does best elsewhere, and the one that does worst. */
  readonly best: Fit;
  readonly worst: Fit;
  readonly fitting: number;
}

export interface Fit {
  readonly on: string;
  readonly test: number;
}

/** What becomes of the most poisoned networks without their poison; medians over seeds. */
export interface LettingGo {
  readonly before: number;
  /** Of the ways to go on that still fit the training set, the one that leaves the widest gap and the one that leaves the narrowest. */
  readonly stays: Way;
  readonly leaves: Way;
  /** Stable log₁₀ volume of networks that never were poisoned, at a loss of 0.5. */
  readonly natural: number | null;
  /** Names of the ways that lose the training set. */
  readonly lost: readonly string[];
}

export interface Way {
  readonly name: string;
  readonly gap: number;
  readonly distance: number;
  /** Stable log₁₀ volume, at a loss of 0.5. */
  readonly volume: number | null;
}

export function optimizersIn(claims: readonly Claim[]): Optimizers | null {
  const claim = claims.find(({id}) => id === 12);
  const gaps = numbersOf(
    claim?.measures?.filter(({name, end}) => name.startsWith('gap, ') && end === undefined),
  );
  const [bad] = numbersOf(claim?.measures?.filter(({end}) => end === 'bad'));
  if (claim === undefined || gaps.length === 0 || bad === undefined) return null;
  const widestOf = (batches: boolean): number | null => {
    const some = numbersOf(
      claim.measures?.filter(({name}) => name.startsWith('gap, ') && name.includes('batches') === batches),
    );
    return some.length === 0 ? null : Math.max(...some);
  };
  return {
    verdict: claim.verdict,
    fitting: gaps.length,
    widest: Math.max(...gaps),
    whole: widestOf(false),
    batches: widestOf(true),
    bad,
  };
}

/** @param name the experiment */
export function moreDataIn(
  claims: readonly Claim[],
  experiments: readonly Experiment[],
  name: string,
): MoreData | null {
  const claim = claims.find(({id, experiment}) => id === 14 && experiment === name);
  const find = (words: string, of?: string): number | undefined =>
    numbersOf(claim?.measures?.filter(({name: called, cutoff}) => called === words && cutoff === of))[0];
  const at = (words: string): number | undefined => find(words, '0.5');
  const [onSmallest, onOwn] = [
    at('examples and volume on the smallest set'),
    at('examples and volume on their own set'),
  ];
  const records = alternativesIn(experiments, name);
  const sizes = [...new Set(records.flatMap(({settings}) => settings.trainExamples ?? []))].toSorted(
    (a, b) => a - b,
  );
  const [least, most] = [sizes.at(0), sizes.at(-1)];
  if (claim === undefined || onSmallest === undefined || onOwn === undefined) return null;
  if (least === undefined || most === undefined) return null;
  const among = (examples: number) => records.filter(({settings}) => settings.trainExamples === examples);
  const of = (examples: number) => ({
    examples,
    gap: middle(among(examples), ({final}) => final?.generalizationGap),
  });
  const [narrowest] = sizes
    .flatMap((examples) => {
      const volume = middle(among(examples), ({reference}) => volumeIn(reference));
      return volume === null ? [] : [{examples, volume}];
    })
    .toSorted((a, b) => a.volume - b.volume);
  return {
    verdict: claim.verdict,
    few: of(least),
    many: of(most),
    onSmallest,
    onOwn,
    inRaw: at('examples and volume on the smallest set, raw coordinates') ?? null,
    eigenvalue: find('examples and largest eigenvalue on the smallest set') ?? null,
    narrowest: narrowest?.examples ?? null,
  };
}

/** @returns null where no classifier was fitted, or none fits */
export function linearIn({records}: Experiment): Linear | null {
  const analyses = records.analyses('linear');
  const runs = analyses.flatMap(({run}) => records.run(run) ?? []);
  const networks = runs.flatMap(({data}) => data.final ?? []);
  const fits = (analyses[0]?.settings.features ?? []).map((map, i) => {
    const ofMap = analyses.flatMap(({data}) => data.fits[i] ?? []);
    return {
      on: featureMapText(map),
      train: median(ofMap.map(({train}) => train)),
      test: median(ofMap.map(({fresh, test}) => fresh ?? test)),
    };
  });
  const fitting = fits
    .filter(({train}) => train !== null && train >= FITS)
    .flatMap(({on, test}) => (test === null ? [] : [{on, test}]))
    .toSorted((a, b) => b.test - a.test);
  const [best, worst, run] = [fitting.at(0), fitting.at(-1), runs.at(0)];
  const network = median(networks.map(({freshAccuracy, testAccuracy}) => freshAccuracy ?? testAccuracy));
  if (best === undefined || worst === undefined || run === undefined || network === null) return null;
  return {examples: run.dataset.train, network, best, worst, fitting: fitting.length};
}

export function unitsIn(claims: readonly Claim[], experiments: readonly Experiment[]): Units | null {
  const claim = claims.find(({id}) => id === 15);
  const measuresOf = (words: string): readonly Measure[] | undefined =>
    claim?.measures?.filter(({name, cutoff}) => name === `volume, ${words}` && cutoff === '0.5');
  const at = (words: string): number | undefined => numbersOf(measuresOf(words))[0];
  const [trained, balanced] = [at('as trained'), at('all neurons in balance')];
  if (claim === undefined || trained === undefined || balanced === undefined) return null;
  const found = experiments.find(({record}) => record.experiment === claim.experiment)?.records;
  const levels = found?.poisonFactors() ?? [];
  const [good, bad] = [levels.at(0), levels.at(-1)].map((poisonFactor) =>
    poisonFactor === undefined ? [] : (found?.analyses('units', {poisonFactor}) ?? []),
  );
  const rows = Object.entries(WEIGHTS).map(([key, weights]): UnitsRow => {
    const name = key as keyof typeof WEIGHTS;
    const volume = (of: typeof good, coordinates: 'relative' | 'raw'): number | null =>
      median(
        (of ?? []).flatMap(
          ({data}) =>
            data[name].cutoffs.find(({kind, value}) => kind === 'loss' && value === 0.5)?.stableLogVolume[
              coordinates
            ] ?? [],
        ),
      );
    const decades = (coordinates: 'relative' | 'raw'): number | null => {
      const [ofGood, ofBad] = [volume(good, coordinates), volume(bad, coordinates)];
      return ofGood === null || ofBad === null ? null : (ofGood - ofBad) / Math.LN10;
    };
    const sharpness = (of: typeof good): number | null =>
      median((of ?? []).map(({data}) => data[name].largestEigenvalue.relative));
    const seeds = (measuresOf(weights)?.[0]?.values ?? []).filter((value) => typeof value === 'number');
    return {
      weights,
      bySeed: seeds.length === 0 ? null : {least: Math.min(...seeds), most: Math.max(...seeds)},
      relative: decades('relative'),
      raw: decades('raw'),
      good: sharpness(good),
      bad: sharpness(bad),
    };
  });
  return {verdict: claim.verdict, trained, balanced, rows};
}

const WEIGHTS = {
  trained: 'as trained',
  layer: 'a layer rescaled',
  neurons: 'some neurons rescaled',
  balanced: 'all neurons in balance',
} as const;

export function lettingGoIn(experiments: readonly Experiment[]): LettingGo | null {
  const experiment = experiments.find(({record}) => record.experiment === 'letting-go');
  const records = alternativesIn(experiments, 'letting-go');
  const worst = Math.max(...records.map(({poisonFactor}) => poisonFactor));
  const before = median(
    (experiment?.records.runs({poisonFactor: worst}) ?? []).flatMap(
      ({data}) => data.final?.generalizationGap ?? [],
    ),
  );
  const poisoned = Map.groupBy(
    records.filter(({poisonFactor}) => poisonFactor === worst),
    ({settings}) => settings.name,
  );
  const ways = [...poisoned].flatMap(([name, of]) => {
    const [train, gap] = [
      middle(of, ({final}) => final?.trainAccuracy),
      middle(of, ({final}) => final?.generalizationGap),
    ];
    const distance = middle(of, (data) => data.distance);
    if (train === null || gap === null || distance === null) return [];
    return [{name, train, gap, distance, volume: middle(of, ({own}) => volumeIn(own))}];
  });
  const fitting = ways.filter(({train}) => train >= FITS).toSorted((a, b) => a.gap - b.gap);
  const [leaves, stays] = [fitting.at(0), fitting.at(-1)];
  if (before === null || leaves === undefined || stays === undefined) return null;
  return {
    before,
    stays,
    leaves,
    natural: middle(
      records.filter(({poisonFactor}) => poisonFactor === 0),
      ({own}) => volumeIn(own),
    ),
    lost: ways.filter(({train}) => train < FITS).map(({name}) => name),
  };
}

/** Stable log₁₀ volume in a landscape, at a loss of 0.5. */
export function volumeIn(landscape: Alternative['data']['own'] | undefined): number | null {
  const log = landscape?.cutoffs.find(({kind, value}) => kind === 'loss' && value === 0.5)?.stableLogVolume;
  return log === null || log === undefined ? null : log / Math.LN10;
}

/** The median of what there is to read. */
export function middle(
  of: readonly Alternative[],
  read: (data: Alternative['data']) => number | null | undefined,
): number | null {
  return median(of.flatMap(({data}) => read(data) ?? []));
}

export function alternativesIn(
  experiments: readonly Experiment[],
  name: string | undefined,
): readonly Alternative[] {
  return experiments.find(({record}) => record.experiment === name)?.records.analyses('alternatives') ?? [];
}

export function numbersOf(measures: readonly Measure[] | undefined): number[] {
  return (measures ?? []).flatMap(({median: value}) => (typeof value === 'number' ? [value] : []));
}
