import type {RunRecord} from '@minefield/results';
import {againstPoison} from './against-poison.ts';
import {checkOptions} from './check-options.ts';
import type {FigureOptions, FigureSpec} from './figure.ts';
import {finalMetrics} from './final-metrics.ts';
import {percent} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';

/**
 * Train accuracy minus accuracy on unseen points, against the poison factor; the spread is over seeds. Runs that diverged
 * are counted in the description.
 *
 * @throws {NothingToDrawError} without a run that came to an end.
 */
export function generalizationGap(runs: readonly RunRecord[], options: FigureOptions = {}): FigureSpec {
  checkOptions('generalizationGap', options, {title: true});
  requireSome(runs, 'generalizationGap', 'run', 'run the experiment first');
  const {finished, remark} = finalMetrics(runs);
  requireSome(finished, 'generalizationGap', 'run that did not diverge', 'lower the learning rate');
  const {title = 'Poison widens the generalization gap'} = options;
  const samples = finished.map(({run, final}) => ({
    seed: run.seed,
    poisonFactor: run.poisonFactor,
    value: final.generalizationGap,
  }));
  const lowest = Math.min(0, ...samples.map(({value}) => value));
  return againstPoison({
    title,
    subject: 'Generalization gap',
    samples,
    axis: {
      title: 'Train minus test accuracy',
      scale: {domain: [lowest, 1], nice: false},
      axis: {format: '.0%', values: [0, 0.25, 0.5, 0.75, 1]},
    },
    format: '.1%',
    inProse: percent,
    remark,
  });
}
