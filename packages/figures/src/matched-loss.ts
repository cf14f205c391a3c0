import {median} from '@minefield/core';
import type {AnalysisOf} from '@minefield/results';
import {checkOptions, checkWord} from './check-options.ts';
import {cutoffLabel, cutoffLabels, remarkOnVolumes} from './cutoff-label.ts';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {wideAxis} from './wide-axis.ts';

type Matched = AnalysisOf<'matched'>;
type Network = Matched['data']['poisoned'];

export interface MatchedLossOptions extends FigureOptions {
  /** Cutoff of radius and volume, as figures call it. Default `loss 0.5` where the records have it, else their first. */
  readonly cutoff?: string;
}

/** In the order in which they are drawn. */
const KINDS = ['poisoned', 'stopped early', 'scaled down', 'to the end'] as const;

/**
 * Sharpness, radius and volume of poisoned networks beside the natural ones of the same seeds: stopped early, or scaled down, at
 * the same training loss, and trained to the end. A dot for every network, a bar at the median.
 *
 * @throws {NothingToDrawError} without a record, or where no network has a basin
 */
export function matchedLoss(records: readonly Matched[], options: MatchedLossOptions = {}): FigureSpec {
  checkOptions('matchedLoss', options, {title: true, cutoff: true});
  requireSome(records, 'matchedLoss', 'matched analysis', 'analyse poisoned runs first');
  const {title = 'At the same training loss'} = options;
  const networks = records.flatMap(({seed, data}) =>
    networksOf(data).map(({kind, network}) => ({seed, kind, network})),
  );
  const names = cutoffLabels(networks.map(({network}) => ({data: network})));
  const {cutoff = names.includes('loss 0.5') ? 'loss 0.5' : elementAt(names, 0)} = options;
  checkWord('matchedLoss', 'cutoff', cutoff, names);
  const at = ({cutoffs}: Network) => cutoffs.find((candidate) => cutoffLabel(candidate) === cutoff);
  const values = (of: (network: Network) => number | null | undefined): Row[] =>
    networks.flatMap(({seed, kind, network}) => {
      const value = of(network);
      return value === null || value === undefined
        ? []
        : [
            {
              seed,
              kind,
              value: brief(value, 5),
              loss: brief(network.trainLoss, 3),
              test: brief(network.testAccuracy),
            },
          ];
    });
  const eigenvalues = values(({largestEigenvalue}) => largestEigenvalue);
  const positive = eigenvalues.filter(({value}) => value > 0);
  const radii = values((network) => at(network)?.meanRadius);
  const volumes = values((network) => {
    const log = at(network)?.stableLogVolume;
    return log === null || log === undefined ? null : log / Math.LN10;
  });
  for (const rows of [positive, radii, volumes])
    requireSome(rows, 'matchedLoss', 'network with a basin', 'take another cutoff');
  const losses = KINDS.flatMap((kind) => {
    const of = networks.filter((network) => network.kind === kind).map(({network}) => network.trainLoss);
    return of.length === 0 ? [] : [`${kind} ${inWords(median(of))}`];
  });
  return figure({
    title,
    description: `Poisoned networks of ${records.length} seeds beside the natural ones of the same seeds, up to a ${cutoff}. Median training loss in nats: ${losses.join(', ')}. ${[
      said('largest eigenvalue', eigenvalues),
      said('mean radius', radii),
      said('decades of volume', volumes),
    ].join(' ')}${remarkOnVolumes(networks.length - volumes.length)}`,
    panels: [
      panel(
        'Largest eigenvalue (nats)',
        positive,
        wideAxis(
          positive.map(({value}) => value),
          'log',
        ).axis,
      ),
      panel(
        `Mean relative radius, ${cutoff}`,
        radii,
        wideAxis(
          radii.map(({value}) => value),
          'log',
        ).axis,
      ),
      panel(`Stable log₁₀ volume, ${cutoff}`, volumes, {
        scale: {zero: false, nice: true},
        axis: {format: 'd', tickMinStep: 1},
      }),
    ],
    layout: {minimumPanelWidth: 200, maximumPanelWidth: 420, aspect: 0.9, axisWidth: 60},
  });
}

interface Row {
  readonly seed: number;
  readonly kind: (typeof KINDS)[number];
  readonly value: number;
  readonly loss: number;
  readonly test: number;
}

function networksOf({poisoned, natural, stopped, scaled}: Matched['data']) {
  return [
    {kind: KINDS[0], network: poisoned},
    ...(stopped === null ? [] : [{kind: KINDS[1], network: stopped.network}]),
    ...(scaled === null ? [] : [{kind: KINDS[2], network: scaled.network}]),
    {kind: KINDS[3], network: natural},
  ];
}

/** Medians in words. */
function said(quantity: string, rows: readonly Row[]): string {
  const medians = mediansOf(rows).map(({kind, value}) => `${kind} ${inWords(value)}`);
  return `Median ${quantity}: ${medians.join(', ')}.`;
}

function mediansOf(rows: readonly Row[]): {kind: string; value: number}[] {
  return KINDS.flatMap((kind) => {
    const values = rows.filter((row) => row.kind === kind).map(({value}) => value);
    return values.length === 0 ? [] : [{kind, value: brief(median(values), 5)}];
  });
}

function panel(title: string, rows: readonly Row[], axis: View): View {
  const x = {
    field: 'kind',
    type: 'nominal',
    title: null,
    sort: KINDS,
    scale: {domain: KINDS},
    axis: {labelAngle: 0, labelExpr: "split(datum.label, ' ')", grid: false},
  };
  const y = {field: 'value', type: 'quantitative', title: null, ...axis};
  return {
    title: panelTitle(title),
    layer: [
      {
        data: {values: mediansOf(rows)},
        mark: {type: 'tick', thickness: 2, bandSize: 34, color: palette.between, tooltip: null},
        encoding: {x, y},
      },
      {
        data: {values: rows},
        mark: {type: 'point', style: 'halo', filled: true, size: 52, opacity: 0.95},
        encoding: {
          x,
          y,
          fill: {
            condition: {test: `datum.kind === '${KINDS[0]}'`, value: palette.poisoned},
            value: palette.clean,
          },
          tooltip: [
            {field: 'kind', title: 'network'},
            {field: 'seed', title: 'seed'},
            {field: 'value', title: title.toLowerCase(), format: '.4~g'},
            {field: 'loss', title: 'training loss', format: '.3~g'},
            {field: 'test', title: 'test accuracy', format: '.1%'},
          ],
        },
      },
    ],
  };
}
