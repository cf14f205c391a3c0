/** The numbers that claims are made of. */
import type {AnalysisName, AnalysisOf, BasinCutoff, FinalMetrics} from '@minefield/results';
import type {Cutoff} from '@minefield/spec';
import {type Bracket, exactly, unknown} from './bracket.ts';
import type {Claim} from './claim.ts';
import {type Measure, known} from './level.ts';
import type {Sweep} from './sweep.ts';

/** Where the claims on minima read their numbers: of the runs themselves, or of what became of them. */
export interface MinimumMeasures {
  /** What these minima are called beside those of the runs; null for these. */
  readonly called: string | null;
  final(name: keyof FinalMetrics): Measure;
  readonly meanMargin: Measure;
  readonly largestEigenvalue: Measure;
  meanRadius(cutoff: Cutoff): Measure;
  readonly cutoffs: readonly Cutoff[];
}

/** The minima that the runs ended in. */
export function asTrained({spec}: Sweep): MinimumMeasures {
  return {
    called: null,
    final: finalMetric,
    meanMargin,
    largestEigenvalue,
    meanRadius: (cutoff) => basinMeasure(cutoff, meanRadius),
    cutoffs: spec.analyses.basin?.cutoffs ?? [],
  };
}

/** The networks of this name that were trained on from the runs' minima, or otherwise. */
export function asTrainedOtherwise({spec}: Sweep, name: string, called: string): MinimumMeasures {
  return {
    called,
    final: (metric) => alternativeMetric(name, metric),
    meanMargin: alternativeMeasure(name, meanMarginOfOwn),
    largestEigenvalue: alternativeMeasure(name, ({own}) => known(own?.largestEigenvalue)),
    meanRadius: (cutoff) =>
      alternativeMeasure(name, ({own}) => {
        const found = own?.cutoffs.find(isAt(cutoff));
        return atLeastWhereCensored(found?.meanRadius, found?.censored);
      }),
    cutoffs: spec.analyses.alternatives?.radii.cutoffs ?? [],
  };
}

/** A claim's title, and which minima it is of where they are others than the runs'. */
export function titled(title: string, {called}: MinimumMeasures): Pick<Claim, 'title' | 'minima'> {
  return called === null ? {title} : {title: `${title} (${called})`, minima: called};
}

/** A final metric of a run; nothing is known of it where the run diverged. */
export function finalMetric(name: keyof FinalMetrics): Measure {
  return (sweep, poisonFactor, seed) => {
    const run = sweep.run(poisonFactor, seed);
    return run && {value: known(run.data.final?.[name]), record: run.identity};
  };
}

/** A final metric of a network of the same seed that was trained otherwise; nothing is known of it where that diverged. */
export function alternativeMetric(alternative: string, name: keyof FinalMetrics): Measure {
  return alternativeMeasure(alternative, ({final}) => known(final?.[name]));
}

/** A log volume of such a network, by the stable statistic: in its own landscape, or in that of the run's first examples. */
export function alternativeVolume(
  alternative: string,
  landscape: 'own' | 'reference',
  cutoff: Cutoff,
  coordinates: 'relative' | 'raw' = 'relative',
): Measure {
  return alternativeMeasure(alternative, (data) => {
    const {stableLogVolume: volume = null, censored} = data[landscape]?.cutoffs.find(isAt(cutoff)) ?? {};
    const shift = coordinates === 'raw' ? (data.logDeterminant ?? null) : 0;
    return atLeastWhereCensored(volume === null || shift === null ? null : volume + shift, censored);
  });
}

/** The loss of such a network, or its largest eigenvalue (relative coordinates), in the landscape of the run's first examples. */
export function onFirstExamples(alternative: string, name: 'loss' | 'largestEigenvalue'): Measure {
  return alternativeMeasure(alternative, ({reference}) => known(reference?.[name]));
}

/** Its mean radius there. */
export function radiusOnFirstExamples(alternative: string, cutoff: Cutoff): Measure {
  return alternativeMeasure(alternative, ({reference}) => {
    const found = reference?.cutoffs.find(isAt(cutoff));
    return atLeastWhereCensored(found?.meanRadius, found?.censored);
  });
}

function alternativeMeasure(
  alternative: string,
  read: (
    data: AnalysisOf<'alternatives'>['data'],
    settings: AnalysisOf<'alternatives'>['settings'],
  ) => Bracket,
): Measure {
  return (sweep, poisonFactor, seed) => {
    const run = sweep.run(poisonFactor, seed);
    if (run?.data.outcome === 'diverged') return {value: unknown, record: run.identity};
    const record = sweep.alternative(alternative, poisonFactor, seed);
    return record && {value: read(record.data, record.settings), record: record.identity};
  };
}

/** Only a lower end where no boundary was found near some points: they lie farther off than was searched. */
const meanMargin: Measure = analysisMeasure('margin', ({distances, mean}, settings) => {
  if (!distances.includes(null)) return known(mean);
  const searched = 'maximum' in settings ? settings.maximum : 0;
  const low = distances.reduce<number>((sum, distance) => sum + (distance ?? searched), 0) / distances.length;
  return {low, high: Infinity};
});

/** The same of a network that was trained otherwise, whose distances are not kept one by one. */
function meanMarginOfOwn(
  {meanMargin: mean, missingMargins: missing = 0, own}: AnalysisOf<'alternatives'>['data'],
  {margin}: AnalysisOf<'alternatives'>['settings'],
): Bracket {
  if (missing === 0 || own === null) return known(mean);
  const searched = margin && 'maximum' in margin ? margin.maximum : 0;
  const found = (mean ?? 0) * (own.examples - missing);
  return {low: (found + searched * missing) / own.examples, high: Infinity};
}

const largestEigenvalue: Measure = analysisMeasure('curvature', (data) =>
  exactly(data.largestEigenvalue.relative),
);

/** Clean training loss of the minimum itself. */
export const anchorLoss: Measure = analysisMeasure('basin', ({anchorLoss: loss}) => exactly(loss));

export function basinMeasure(cutoff: Cutoff, read: (data: BasinCutoff) => Bracket): Measure {
  return analysisMeasure('basin', ({cutoffs}) => {
    const found = cutoffs.find(isAt(cutoff));
    return found && read(found);
  });
}

/** The log volume by stretched rays. */
export function preconditionedVolume(cutoff: Cutoff): Measure {
  return analysisMeasure('preconditioned', ({cutoffs}) => {
    const found = cutoffs.find(isAt(cutoff));
    return found && logVolume(found);
  });
}

/** Whether a sweep measures volumes by stretched rays at this cutoff. */
export function stretchesAt({spec}: Sweep, cutoff: Cutoff): boolean {
  return spec.analyses.preconditioned?.cutoffs.some(isAt(cutoff)) ?? false;
}

export function isAt({kind, value}: Cutoff): (candidate: Cutoff) => boolean {
  return (candidate) => candidate.kind === kind && candidate.value === value;
}

/** A diverged run has no analyses, and none is missing: nothing is known of its minimum. */
export function analysisMeasure<N extends AnalysisName>(
  name: N,
  read: (data: AnalysisOf<N>['data'], settings: AnalysisOf<N>['settings']) => Bracket | undefined,
): Measure {
  return (sweep, poisonFactor, seed) => {
    const run = sweep.run(poisonFactor, seed);
    if (run?.data.outcome === 'diverged') return {value: unknown, record: run.identity};
    const record = sweep.analysis(name, poisonFactor, seed);
    const value = record && read(record.data as AnalysisOf<N>['data'], record.settings);
    return record && value && {value, record: record.identity};
  };
}

/** Only a lower end where directions were censored; nothing where the anchor lies above the cutoff. */
function meanRadius({applicable, censored, meanRadius: mean}: BasinCutoff): Bracket {
  return atLeastWhereCensored(applicable ? mean : null, censored);
}

export function logVolume({relative}: Pick<BasinCutoff, 'relative'>): Bracket {
  return atLeastWhereCensored(relative?.logVolume, relative?.censored);
}

/** The paper's simpler statistic, n · mean(log r) + log ω_n. */
export function stableLogVolume({relative}: BasinCutoff): Bracket {
  return atLeastWhereCensored(relative?.stableLogVolume, relative?.censored);
}

/** The same in parameter space, where a network with larger weights has the larger basin for that alone. */
export function rawStableLogVolume({raw}: BasinCutoff): Bracket {
  return atLeastWhereCensored(raw?.stableLogVolume, raw?.censored);
}

/** A mean over rays some of which were followed no farther: known to be at least that. */
export function atLeastWhereCensored(value: number | null | undefined, censored = 0): Bracket {
  if (value === null || value === undefined) return unknown;
  return censored > 0 ? {low: value, high: Infinity} : exactly(value);
}

/** Whether a cutoff is the middle one of those on the loss: the one that is drawn where one stands for all. */
export function isMiddle({kind, value}: Cutoff, among: readonly Cutoff[] = []): boolean {
  return kind === 'loss' && middleCutoff(among) === value;
}

/** Of the cutoffs on the loss, the middle one, of an even number the higher; null where there is none. */
export function middleCutoff(among: readonly Cutoff[]): number | null {
  const fixed = among.filter((cutoff) => cutoff.kind === 'loss');
  return fixed[fixed.length >> 1]?.value ?? null;
}

export function cutoffText({kind, value}: Cutoff): string {
  return kind === 'loss' ? String(value) : `anchor + ${value}`;
}

/** The same where a criterion may not ask about it: a cutoff above the minimum's own loss is a control. */
export function cutoffTitle(cutoff: Cutoff): string {
  return cutoffText(cutoff) + (cutoff.kind === 'excess' ? ' (control)' : '');
}
