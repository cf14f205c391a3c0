import {at} from '@minefield/core';
import {type Bracket, exactly, isExact} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {bracketText, correlationList, correlationText, percent, significant} from './format.ts';
import {judge} from './judge.ts';
import {type Level, type Measure, correlate, correlationsBySeed, measureLevel} from './level.ts';
import {correlationOf} from './measured.ts';
import {
  alternativeMetric,
  alternativeVolume,
  cutoffText,
  cutoffTitle,
  onFirstExamples,
  radiusOnFirstExamples,
} from './measures.ts';
import {picturesOf} from './pictures.ts';
import type {Sweep} from './sweep.ts';
import {UNKNOWN_MEDIAN, verdictOf} from './trends.ts';

const BOUND = {most: -0.8};
const SIZES = 5;

/**
 * Claim 14, of Fan et al. 2025 (arXiv 2511.04808): where the data change instead of the poison, volume and generalization go
 * opposite ways. Minima of more training examples generalize better, and their basins are smaller in the landscape of the few
 * examples that all have seen.
 */
export function moreDataIsSharper(sweep: Sweep): Claim {
  const clean = at(sweep.spec.poisonFactors, 0);
  const sizes = sizesOf(sweep);
  const levelsOf = (measure: (name: string) => Measure): Level[] =>
    sizes.map(({name}) => measureLevel(sweep, clean, measure(name)));
  const gaps = levelsOf((name) => alternativeMetric(name, 'generalizationGap'));
  const examples = sizes.map(({trainExamples}): Level => sameFor(sweep, exactly(trainExamples)));
  const against = (levels: readonly Level[]) => ({
    rho: correlate(examples, levels),
    bySeed: correlationsBySeed(examples, levels, sweep.spec.seeds),
  });
  const gap = against(gaps);
  const sharpness = levelsOf((name) => onFirstExamples(name, 'largestEigenvalue'));
  const sharper = against(sharpness);
  const losses = levelsOf((name) => onFirstExamples(name, 'loss'));
  const parts = (sweep.spec.analyses.alternatives?.radii.cutoffs ?? []).map((cutoff) => {
    const volumes = (landscape: 'reference' | 'own', coordinates: 'relative' | 'raw'): Level[] =>
      levelsOf((name) => alternativeVolume(name, landscape, cutoff, coordinates));
    const there = volumes('reference', 'relative');
    return {
      cutoff,
      there,
      ...against(there),
      radii: against(levelsOf((name) => radiusOnFirstExamples(name, cutoff))),
      own: against(volumes('own', 'relative')),
      raw: against(volumes('reference', 'raw')),
      exponents: exponentsOf(sizes, there),
    };
  });
  const fixed = parts.filter(({cutoff}) => cutoff.kind === 'loss');
  const holds = (rho: number): boolean => rho <= BOUND.most;
  return judge(
    {
      id: 14,
      title: `${dataOf(sweep)}: minima of more data generalize better, and have smaller basins where all are measured on the same few examples`,
      paper:
        'Fan et al. 2025: volume falls with the number of training examples, while generalization improves',
      criterion:
        "Spearman's ρ of per-size medians with the number of training examples ≤ −0.8: of the gap, and of the stable log " +
        'volume in the landscape of the smallest set (relative coordinates) at every fixed cutoff',
    },
    sweep,
    {levels: 1},
    {
      ours: [
        `gap ${medians(gaps, percent)} for ${sizes.map(({trainExamples}) => trainExamples).join(', ')} examples: ρ = ${text(gap)}`,
        `in the landscape of the smallest set largest eigenvalue ${medians(sharpness, significant)}: ρ = ${text(sharper)}, at losses of ${medians(losses, significant)}`,
        ...parts.map(
          (part) =>
            `${cutoffTitle(part.cutoff)}: ρ = ${text(part)} in the landscape of the smallest set (of its mean radius ${correlationText(part.radii.rho, 2, 'none')}), ${correlationText(part.own.rho, 2, 'none')} in their own, ${correlationText(part.raw.rho, 2, 'none')} in its raw coordinates` +
            (part.exponents === null
              ? ''
              : `, log volume as a power of examples: exponent ${part.exponents}`),
        ),
      ].join('; '),
      verdict:
        sizes.length < SIZES
          ? 'undecided'
          : allOf([
              verdictOf(gap.rho, gaps, holds),
              ...fixed.map(({rho, there}) => verdictOf(rho, there, holds)),
            ]),
      levels: [...gaps, ...parts.flatMap(({there}) => there)],
      measures: [
        correlationOf({name: 'examples and gap'}, gap.bySeed, gap.rho, BOUND),
        ...parts.map(({cutoff, rho, bySeed}) =>
          correlationOf(
            {name: 'examples and volume on the smallest set', cutoff: cutoffText(cutoff)},
            bySeed,
            rho,
            cutoff.kind === 'loss' ? BOUND : null,
          ),
        ),
        correlationOf(
          {name: 'examples and largest eigenvalue on the smallest set'},
          sharper.bySeed,
          sharper.rho,
          null,
        ),
        ...parts.map(({cutoff, raw}) =>
          correlationOf(
            {name: 'examples and volume on the smallest set, raw coordinates', cutoff: cutoffText(cutoff)},
            raw.bySeed,
            raw.rho,
            null,
          ),
        ),
        ...parts.map(({cutoff, own}) =>
          correlationOf(
            {name: 'examples and volume on their own set', cutoff: cutoffText(cutoff)},
            own.bySeed,
            own.rho,
            null,
          ),
        ),
      ],
      reason:
        sizes.length < SIZES
          ? `only ${sizes.length} sizes, but a rank correlation needs ${SIZES}`
          : UNKNOWN_MEDIAN,
    },
  );
}

function dataOf(sweep: Sweep): string {
  return sweep.spec.dataset.name === 'two-spirals' ? 'Two spirals' : picturesOf(sweep);
}

interface Size {
  readonly name: string;
  readonly trainExamples: number;
}

/** Networks that are trained on so many examples, by that number. */
export function sizesOf({spec}: Sweep): Size[] {
  return (spec.analyses.alternatives?.networks ?? [])
    .flatMap(({name, trainExamples}) => (trainExamples === undefined ? [] : [{name, trainExamples}]))
    .toSorted((a, b) => a.trainExamples - b.trainExamples);
}

function sameFor({spec}: Sweep, value: Bracket): Level {
  return {poisonFactor: 0, bySeed: spec.seeds.map(() => value), median: value, missing: 0, records: []};
}

/**
 * d log V / d ln n, the exponent of a power law of the volume in the number of examples, below 0 where volumes fall: the mean of the seeds' least squares
 * lines, and its standard error; null where a volume is not known, or there is one seed.
 */
function exponentsOf(sizes: readonly Size[], levels: readonly Level[]): string | null {
  const logs = sizes.map(({trainExamples}) => Math.log(trainExamples));
  const seeds = levels[0]?.bySeed.length ?? 0;
  const slopes = Array.from({length: seeds}, (_, k) => {
    const volumes = levels.map(({bySeed}) => bySeed[k]);
    const known = volumes.flatMap((volume) => (volume !== undefined && isExact(volume) ? [volume.low] : []));
    return known.length === logs.length && known.length > 1 ? slopeOf(logs, known) : Number.NaN;
  });
  if (seeds < 2 || slopes.some(Number.isNaN)) return null;
  const mean = meanOf(slopes);
  const variance = slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0) / (seeds - 1);
  return `${significant(mean)} ± ${significant(Math.sqrt(variance / seeds))}`;
}

function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [meanOf(xs), meanOf(ys)];
  const above = xs.reduce((sum, value, i) => sum + (value - x) * (at(ys, i) - y), 0);
  return above / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medians(levels: readonly Level[], format: (value: number) => string): string {
  return levels.map(({median}) => bracketText(median, format)).join(', ');
}

function text({rho, bySeed}: {rho: Bracket | null; bySeed: readonly (Bracket | null)[]}): string {
  return `${correlationText(rho, 3, 'none')} (by seed ${correlationList(bySeed)})`;
}
