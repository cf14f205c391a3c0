import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';

/** Of split-R̂, as `minefield llc` warns: beyond it chains do not count as settled (Gelman et al. 2013, Bayesian Data Analysis, 11.5). */
const LARGEST_R_HAT = 1.1;

/**
 * The local learning coefficient against the poison factor. Networks whose chains diverged, or have not settled, and chains that
 * still fall, are counted in the description.
 *
 * @throws {NothingToDrawError} without a coefficient.
 */
export function learningCoefficientAgainstPoison(
  records: readonly AnalysisOf<'llc'>[],
  options: FigureOptions = {},
): FigureSpec {
  checkOptions('learningCoefficientAgainstPoison', options, {title: true});
  requireSome(records, 'learningCoefficientAgainstPoison', 'llc analysis', 'analyse the runs first');
  const samples = records.flatMap(({seed, poisonFactor, data}) =>
    data.learningCoefficient === null ? [] : [{seed, poisonFactor, value: data.learningCoefficient}],
  );
  requireSome(
    samples,
    'learningCoefficientAgainstPoison',
    'learning coefficient',
    'take smaller steps: every chain diverged',
  );
  const missing = records.length - samples.length;
  const unsettled = records.flatMap(({data: {rHat}}) =>
    typeof rHat === 'number' && rHat > LARGEST_R_HAT ? [rHat] : [],
  );
  const {title = 'Poison makes the minimum count more parameters'} = options;
  return againstPoison({
    title,
    subject: 'Local learning coefficient',
    samples,
    axis: {title: 'Learning coefficient λ̂', scale: {nice: 5}, axis: {format: 'd', tickMinStep: 1}},
    format: '.3~g',
    remark: [
      missing === 0 ? '' : ` ${missing} without a coefficient ${missing === 1 ? 'is' : 'are'} not shown.`,
      unsettled.length === 0
        ? ''
        : ` The chains of ${unsettled.length} have not settled: split-R̂ above ${LARGEST_R_HAT}, up to ${inWords(Math.max(...unsettled))}.`,
      fallsInWords(records),
    ].join(''),
  });
}

/** How many chains are lower over the second half of their draws than over the first: half of those that have settled, but for chance. */
function fallsInWords(records: readonly AnalysisOf<'llc'>[]): string {
  const factors = [...new Set(records.map(({poisonFactor}) => poisonFactor))].toSorted((a, b) => a - b);
  const chains = records.flatMap(({poisonFactor, data}) =>
    data.chains.flatMap(({trace}) => {
      const known = trace.filter((value) => value !== null);
      const half = known.length >> 1;
      return half === 0
        ? []
        : [{poisonFactor, falls: meanOf(known.slice(half)) < meanOf(known.slice(0, half))}];
    }),
  );
  if (factors.length < 3 || chains.length === 0) return '';
  const bound = factors[Math.floor((2 * factors.length) / 3)] ?? Infinity;
  const counted = (some: typeof chains): string =>
    `${some.filter(({falls}) => falls).length} of ${some.length}`;
  return (
    ` Lower over the second half of the draws than over the first: ${counted(chains.filter(({poisonFactor}) => poisonFactor >= bound))} chains` +
    ` from a factor of ${inWords(bound)} on, ${counted(chains.filter(({poisonFactor}) => poisonFactor < bound))} below.`
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
