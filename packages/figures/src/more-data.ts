import {median} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import {checkOptions, checkWord} from './check-options.ts';
import {cutoffLabel, cutoffLabels, remarkOnVolumes} from './cutoff-label.ts';
import {elementAt} from './elements.ts';
import {type FigureOptions, type FigureSpec, type View, figure, panelTitle} from './figure.ts';
import {brief, groupBy, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';

type Alternative = AnalysisOf<'alternatives'>;

export interface MoreDataOptions extends FigureOptions {
  /** Cutoff of the volume, as figures call it. Default `loss 0.5` where the records have it, else their first. */
  readonly cutoff?: string;
}

const LANDSCAPES = {
  own: 'of what it was trained on',
  reference: 'of the smallest set',
} as const;
const NAMES = Object.values(LANDSCAPES);

interface Row {
  readonly seed: number;
  readonly examples: number;
  readonly landscape: string;
  readonly value: number;
}

/**
 * Minima of few and of many training examples: the generalization gap, and the volume in the landscape that each was trained in
 * and in that of the examples that all have seen. A dot for every network, lines through the medians.
 *
 * @throws {NothingToDrawError} where no network has a basin in both landscapes
 */
export function moreData(records: readonly Alternative[], options: MoreDataOptions = {}): FigureSpec {
  checkOptions('moreData', options, {title: true, cutoff: true});
  requireSome(records, 'moreData', 'alternatives analysis', 'analyse the runs first');
  const {title = 'Minima of few and of many examples'} = options;
  const measured = records.flatMap(({seed, settings, data: {own, reference, final}}) =>
    own === null || reference === null || final === null
      ? []
      : [{seed, examples: settings.trainExamples ?? own.examples, own, reference, final}],
  );
  requireSome(measured, 'moreData', 'network with a reference', 'give the analysis a reference');
  const names = cutoffLabels(measured.map(({own}) => ({data: own})));
  const {cutoff = names.includes('loss 0.5') ? 'loss 0.5' : elementAt(names, 0)} = options;
  checkWord('moreData', 'cutoff', cutoff, names);
  const inBoth = (of: (landscape: (typeof measured)[number]['own']) => number | null | undefined): Row[] =>
    measured.flatMap((network) =>
      (['reference', 'own'] as const).flatMap((which) => {
        const value = of(network[which]);
        const {seed, examples} = network;
        return value === null || value === undefined
          ? []
          : [{seed, examples, landscape: LANDSCAPES[which], value: brief(value, 5)}];
      }),
    );
  const volumes = inBoth(({cutoffs}) => {
    const log = cutoffs.find((one) => cutoffLabel(one) === cutoff)?.stableLogVolume;
    return log === null || log === undefined ? null : log / Math.LN10;
  });
  requireSome(volumes, 'moreData', 'network with a basin', 'take another cutoff');
  const gaps = measured.map(({seed, examples, final}): Row => ({
    seed,
    examples,
    landscape: '',
    value: brief(final.generalizationGap, 5),
  }));
  const sizes = [...new Set(measured.map(({examples}) => examples))].toSorted((a, b) => a - b);
  return figure({
    title,
    description:
      `${measured.length} networks trained on ${sizes.join(', ')} examples. ` +
      `Median generalization gap: ${said(gaps)}. ` +
      NAMES.map(
        (name) =>
          `Median stable log₁₀ volume up to a ${cutoff}, in the landscape ${name}: ${said(volumes.filter(({landscape}) => landscape === name))}.`,
      ).join(' ') +
      remarkOnVolumes(2 * measured.length - volumes.length),
    panels: [
      panel('Generalization gap', gaps, sizes, {scale: {zero: true}, axis: {format: '.0%'}, format: '.1%'}),
      panel(`Stable log₁₀ volume, ${cutoff}`, volumes, sizes, {
        scale: {zero: false, nice: true},
        axis: {format: 'd', tickMinStep: 1},
        format: '.5~g',
      }),
    ],
    layout: {
      minimumPanelWidth: 200,
      maximumPanelWidth: 440,
      aspect: 0.8,
      axisWidth: 60,
      legendCharacters: Math.max(...NAMES.map(({length}) => length)),
    },
  });
}

function mediansOf(rows: readonly Row[]): Row[] {
  return [...groupBy(rows, ({landscape, examples}) => `${landscape} ${examples}`).values()].map((of) => ({
    ...elementAt(of, 0),
    value: brief(median(of.map(({value}) => value)), 5),
  }));
}

function said(rows: readonly Row[]): string {
  return mediansOf(rows)
    .toSorted((a, b) => a.examples - b.examples)
    .map(({value}) => inWords(value))
    .join(', ');
}

function panel(
  title: string,
  rows: readonly Row[],
  sizes: readonly number[],
  {format, ...axis}: {readonly scale: View; readonly axis: View; readonly format: string},
): View {
  const x = {
    field: 'examples',
    type: 'quantitative',
    title: 'training examples',
    scale: {type: 'log', nice: false, padding: 8},
    axis: {values: sizes, format: 'd', grid: false},
  };
  const y = {field: 'value', type: 'quantitative', title: null, ...axis};
  const named = rows.some(({landscape}) => landscape !== '');
  const colour: View | undefined = named
    ? {
        field: 'landscape',
        type: 'nominal',
        title: 'in the landscape',
        scale: {domain: NAMES, range: palette.classes},
      }
    : undefined;
  return {
    title: panelTitle(title),
    layer: [
      {
        data: {values: mediansOf(rows)},
        mark: {type: 'line', style: 'median', tooltip: null},
        encoding: {x, y, ...(colour && {stroke: colour})},
      },
      {
        data: {values: rows},
        mark: {type: 'point', style: 'halo', filled: true, size: 48, opacity: 0.9},
        encoding: {
          x,
          y,
          fill: colour ?? {value: palette.clean},
          tooltip: [
            {field: 'examples', title: 'training examples'},
            {field: 'seed', title: 'seed'},
            ...(named ? [{field: 'landscape', title: 'in the landscape'}] : []),
            {field: 'value', title: title.toLowerCase(), format},
          ],
        },
      },
    ],
  };
}
