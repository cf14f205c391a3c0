import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';

/** Of split-R̂, as `minefield llc` warns: beyond it chains do not count as settled (Gelman et al. 2013, Bayesian Data Analysis, 11.5). */
const LARGEST_R_HAT = 1.1;

/**
 * The local learning coefficient against the poison factor. Networks whose chains diverged, or have not settled, are counted in the
 * description.
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
    ].join(''),
  });
}
