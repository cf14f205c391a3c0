import type {AnalysisOf} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {wideAxis} from './wide-axis.ts';

/**
 * Mean distance in input space from a training point to the decision boundary, against the poison factor.
 *
 * @throws {NothingToDrawError} without an analysis that found a boundary.
 */
export function marginAgainstPoison(
  margins: readonly AnalysisOf<'margin'>[],
  options: FigureOptions = {},
): FigureSpec {
  checkOptions('marginAgainstPoison', options, {title: true});
  requireSome(margins, 'marginAgainstPoison', 'margin analysis', 'analyse the runs first');
  const samples = margins.flatMap(({seed, poisonFactor, data}) =>
    data.mean === null ? [] : [{seed, poisonFactor, value: data.mean}],
  );
  const missing = margins.reduce((sum, {data}) => sum + data.distances.filter((d) => d === null).length, 0);
  requireSome(samples, 'marginAgainstPoison', 'margin that was found', 'search farther for the boundary');
  const {axis} = wideAxis(
    samples.map(({value}) => value),
    'if wide',
  );
  const {title = 'Poison squeezes the margin'} = options;
  return againstPoison({
    title,
    subject: 'Mean margin',
    samples,
    axis: {title: 'Mean margin (input units)', ...axis},
    format: '.3~g',
    remark: missing > 0 ? ` Points whose boundary was not found, ${missing} in all, do not count.` : '',
  });
}
