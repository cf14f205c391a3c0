import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {requireSome} from './nothing-to-draw-error.ts';

/**
 * The local learning coefficient against the poison factor. Networks whose chains diverged are counted in the description.
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
  const {title = 'Poison makes the minimum count more parameters'} = options;
  return againstPoison({
    title,
    subject: 'Local learning coefficient',
    samples,
    axis: {title: 'Learning coefficient λ̂', scale: {nice: 5}, axis: {format: 'd'}},
    format: '.3~g',
    remark:
      missing === 0 ? '' : ` ${missing} without a coefficient ${missing === 1 ? 'is' : 'are'} not shown.`,
  });
}
