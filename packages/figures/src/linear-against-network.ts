import {type AnalysisOf, type RunRecord, featureMapText} from '@minefield/results';
import {checkOptions} from './check-options.ts';
import {type DotRow, dotRows, rowMedians} from './dot-rows.ts';
import {type FigureOptions, type FigureSpec, figure} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {heightOfRows} from './row-axis.ts';

const NETWORK = 'the network';
const STATES = ['network', 'linear, fits', 'linear, does not fit'] as const;
/** Training accuracy from which a classifier is said to fit. */
const FITS = 0.99;

interface Row extends DotRow {
  readonly state: (typeof STATES)[number];
}

/**
 * Linear classifiers beside the network that was trained on the same examples: a row for each feature map, in it a dot for every seed
 * and a bar at the median, of the accuracy on the training set and on points or pictures never seen. Feature maps are in the order
 * of their settings, the network first.
 *
 * @param runs of the seeds of the records; others are left out
 * @throws {NothingToDrawError} where there are no records
 */
export function linearAgainstNetwork(
  runs: readonly RunRecord[],
  records: readonly AnalysisOf<'linear'>[],
  options: FigureOptions = {},
): FigureSpec {
  checkOptions('linearAgainstNetwork', options, {title: true});
  requireSome(records, 'linearAgainstNetwork', 'linear analysis', 'analyse the runs first');
  const {title = 'Linear classifiers beside the network'} = options;
  const measured = new Set(records.map(({run}) => run));
  const rows = (read: 'train' | 'test'): Row[] => [
    ...runs.flatMap(({identity, seed, data: {final}}): Row[] => {
      if (final === null || !measured.has(identity)) return [];
      const elsewhere = final.freshAccuracy ?? final.testAccuracy;
      return [
        {
          name: NETWORK,
          seed,
          state: 'network',
          value: brief(read === 'train' ? final.trainAccuracy : elsewhere),
        },
      ];
    }),
    ...records.flatMap(({seed, settings, data}) =>
      data.fits.flatMap((fit, i): Row[] => {
        const map = settings.features[i];
        if (map === undefined) return [];
        const state = fit.train >= FITS ? 'linear, fits' : 'linear, does not fit';
        const value = brief(read === 'train' ? fit.train : (fit.fresh ?? fit.test));
        return [{name: featureMapText(map), seed, state, value}];
      }),
    ),
  ];
  const [train, test] = [rows('train'), rows('test')];
  const names = rowMedians(test).map(({name}) => name);
  const shown = {
    names,
    title: 'linear on',
    states: STATES,
    colours: [palette.clean, palette.poisoned, palette.between],
    scale: {domain: [0, 1]},
    axis: {format: '.0%'},
    format: '.1%',
  };
  const inTrain = new Map(rowMedians(train).map(({name, value}) => [name, value]));
  return figure({
    title,
    description:
      `Accuracy on the training set and on examples never seen of linear classifiers, and of the networks of ${measured.size === 1 ? 'one seed' : `${measured.size} seeds`}. ` +
      `Medians: ${rowMedians(test)
        .map(({name, value}) => `${name} ${inWords(inTrain.get(name) ?? 0)} and ${inWords(value)}`)
        .join(', ')}.`,
    panels: [
      dotRows('Accuracy on the training set', train, shown),
      dotRows('On examples never seen', test, shown),
    ],
    layout: {
      minimumPanelWidth: 240,
      maximumPanelWidth: 480,
      aspect: 1,
      height: heightOfRows(names.length),
      axisWidth: 12,
      legendCharacters: Math.max(...STATES.map(({length}) => length)),
    },
  });
}
