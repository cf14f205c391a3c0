import type {AnalysisOf, RunRecord} from '@minefield/results';
import {checkOptions, checkWord} from './check-options.ts';
import {cutoffLabel, cutoffLabels, remarkOnVolumes} from './cutoff-label.ts';
import {elementAt} from './elements.ts';
import {type DotRow, dotRows, rowMedians} from './dot-rows.ts';
import {type FigureOptions, type FigureSpec, figure} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {heightOfRows} from './row-axis.ts';

type Alternative = AnalysisOf<'alternatives'>;

export interface TrainedOtherwiseOptions extends FigureOptions {
  /** Cutoff of the volume, as figures call it. Default `loss 0.5` where the records have it, else their first. */
  readonly cutoff?: string;
}

/** Of networks, in the order of the legend. */
const COLOURS = {fits: palette.clean, 'does not fit': palette.between, poisoned: palette.poisoned} as const;

/** Training accuracy from which a network is said to fit. */
const FITS = 0.99;

interface Row extends DotRow {
  readonly state: keyof typeof COLOURS;
  readonly train: number;
}

/**
 * What other ways of training find: a row for each way, in it a dot for every network and a bar at the median, of the
 * generalization gap and of the stable log volume in the landscape that it was trained in. The runs that they share their seeds
 * with have rows of their own, by poison factor; rows are in the order of their median gaps. A network whose loss is above the
 * cutoff has no volume.
 *
 * @throws {NothingToDrawError} where no network came to an end
 */
export function trainedOtherwise(
  runs: readonly RunRecord[],
  records: readonly Alternative[],
  options: TrainedOtherwiseOptions = {},
): FigureSpec {
  checkOptions('trainedOtherwise', options, {title: true, cutoff: true});
  requireSome(records, 'trainedOtherwise', 'alternatives analysis', 'analyse the runs first');
  const {title = 'What other ways of training find'} = options;
  const landscapes = records.flatMap(({data}) => (data.own === null ? [] : [{data: data.own}]));
  requireSome(landscapes, 'trainedOtherwise', 'network that came to an end', 'train with smaller steps');
  const names = cutoffLabels(landscapes);
  const {cutoff = names.includes('loss 0.5') ? 'loss 0.5' : elementAt(names, 0)} = options;
  checkWord('trainedOtherwise', 'cutoff', cutoff, names);
  const levels = new Set(records.map(({poisonFactor}) => poisonFactor)).size;
  const gaps: Row[] = [
    ...runs.flatMap(({seed, poisonFactor, data: {final}}) =>
      final === null
        ? []
        : [
            rowOf(
              poisonFactor === 0 ? 'the run itself' : `the run, poison ${poisonFactor}`,
              seed,
              poisonFactor > 0,
              final.trainAccuracy,
              final.generalizationGap,
            ),
          ],
    ),
    ...records.flatMap((record) =>
      record.data.final === null ? [] : [rowFrom(record, levels, record.data.final.generalizationGap)],
    ),
  ];
  const volumes = records.flatMap((record) => {
    const log = record.data.own?.cutoffs.find((one) => cutoffLabel(one) === cutoff)?.stableLogVolume;
    return log === null || log === undefined ? [] : [rowFrom(record, levels, log / Math.LN10)];
  });
  requireSome(volumes, 'trainedOtherwise', 'network with a basin', 'take another cutoff');
  const byGap = rowMedians(gaps).toSorted((a, b) => a.value - b.value);
  const sorted = byGap.map(({name}) => name);
  const there = Object.entries(COLOURS).filter(([state]) => gaps.some((row) => row.state === state));
  const states = there.map(([state]) => state);
  const shown = {
    names: sorted,
    title: 'trained by',
    states,
    colours: there.map(([, colour]) => colour),
    more: [{field: 'train', title: 'training accuracy', format: '.1%'}],
  };
  return figure({
    title,
    description:
      `Generalization gap and stable log volume up to a ${cutoff} of ${records.length} networks that were trained otherwise, and of the runs of their seeds. ` +
      `Median gap: ${byGap.map(({name, value}) => `${name} ${inWords(value)}`).join(', ')}. ` +
      `Median log₁₀ volume: ${rowMedians(volumes)
        .map(({name, value}) => `${name} ${inWords(value)}`)
        .join(', ')}.${remarkOnVolumes(records.length - volumes.length)}`,
    panels: [
      dotRows('Generalization gap', gaps, {
        ...shown,
        scale: {zero: true},
        axis: {format: '.0%'},
        format: '.1%',
      }),
      dotRows(`Stable log₁₀ volume, ${cutoff}`, volumes, {
        ...shown,
        scale: {zero: false, nice: true},
        axis: {format: 'd', tickMinStep: 1},
        format: '.5~g',
      }),
    ],
    layout: {
      minimumPanelWidth: 240,
      maximumPanelWidth: 480,
      aspect: 1,
      height: heightOfRows(sorted.length),
      axisWidth: 12,
      legendCharacters: Math.max(...states.map(({length}) => length)),
    },
  });
}

function rowFrom({settings, seed, poisonFactor, data}: Alternative, levels: number, value: number): Row {
  const name =
    levels > 1 && poisonFactor > 0 ? `${settings.name}, from poison ${poisonFactor}` : settings.name;
  return rowOf(name, seed, false, data.final?.trainAccuracy ?? 0, value);
}

function rowOf(name: string, seed: number, poisoned: boolean, train: number, value: number): Row {
  const state = poisoned ? 'poisoned' : train >= FITS ? 'fits' : 'does not fit';
  return {name, seed, state, train: brief(train), value: brief(value, 5)};
}
