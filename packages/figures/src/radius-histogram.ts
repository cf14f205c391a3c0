import {checkOptions} from './check-options.ts';
import type {AnalysisOf, BasinCutoff} from '@minefield/results';
import {cutoffLabel, cutoffLabels} from './cutoff-label.ts';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, groupBy, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {type Series, seriesOf} from './series.ts';

type Basin = AnalysisOf<'basin'>;

const binsPerPanel = 32;
/** A ratio of radii beyond which the axis is logarithmic. */
const logarithmicFrom = 6;

/**
 * How basin radii are distributed over directions: a panel for each cutoff, a colour for each minimum. Directions that
 * never reach the cutoff are counted in the panel's title.
 *
 * @throws {NothingToDrawError} without a radius.
 */
export function radiusHistogram(records: readonly Basin[], options: FigureOptions = {}): FigureSpec {
  checkOptions('radiusHistogram', options, {title: true});
  requireSome(records, 'radiusHistogram', 'basin analysis', 'analyse a run first');
  const {title = 'Basin radii'} = options;
  const series = seriesOf(records);
  const radii = records.flatMap(({data}) => data.cutoffs.flatMap(crossings)).filter((radius) => radius > 0);
  requireSome(radii, 'radiusHistogram', 'radius', 'raise the cutoff or the maximum radius');
  const low = radii.reduce((a, b) => Math.min(a, b));
  const high = radii.reduce((a, b) => Math.max(a, b));
  const edges = high / low > logarithmicFrom ? logarithmic(low, high) : linear(low, high);
  const tallest = Math.max(
    ...records.flatMap(({data}) => data.cutoffs.flatMap((cutoff) => sharesOf(cutoff, edges))),
  );
  const names = cutoffLabels(records);
  const means = records.map((record) => `${series.labelOf(record)}: ${meansOf(record)}`);
  return figure({
    title,
    description: `Distribution over random directions of the distance at which the training loss first reaches a cutoff. Mean relative radius of ${means.join('; of ')}.`,
    panels: names.map((name) => panel(name, records, series, {edges, tallest})),
    layout: {minimumPanelWidth: 220, maximumPanelWidth: 480, aspect: 0.5, legendCharacters: series.longest},
  });
}

interface Edges {
  readonly type: 'linear' | 'log';
  readonly values: readonly number[];
}

function linear(low: number, high: number): Edges {
  const step = (high - low || low) / binsPerPanel;
  return {type: 'linear', values: Array.from({length: binsPerPanel + 1}, (_, i) => brief(low + step * i, 5))};
}

function logarithmic(low: number, high: number): Edges {
  const ratio = high / low;
  return {
    type: 'log',
    values: Array.from({length: binsPerPanel + 1}, (_, i) => brief(low * ratio ** (i / binsPerPanel), 5)),
  };
}

function crossings({radii}: BasinCutoff): number[] {
  return radii.filter((radius) => radius !== null);
}

function meansOf({data}: Basin): string {
  return data.cutoffs
    .map(
      (cutoff) =>
        `${cutoff.meanRadius === null ? 'inapplicable' : inWords(cutoff.meanRadius)} at ${cutoffLabel(cutoff)}`,
    )
    .join(', ');
}

interface Axes {
  readonly edges: Edges;
  readonly tallest: number;
}

function panel(name: string, records: readonly Basin[], series: Series, {edges, tallest}: Axes): View {
  const notes: string[] = [];
  const bars = records.flatMap((record) => {
    const cutoff = record.data.cutoffs.find((candidate) => cutoffLabel(candidate) === name);
    if (cutoff === undefined) return [];
    const label = series.labelOf(record);
    if (!cutoff.applicable) notes.push(`minimum above it: ${label}`);
    if (cutoff.censored > 0) notes.push(`${cutoff.censored} never reach it: ${label}`);
    return histogram(cutoff, edges).map((bar) => ({series: label, ...bar}));
  });
  return {
    title: panelTitle(`Cutoff: ${name}`, notes.length === 0 ? 'all directions reach it' : notes.join('; ')),
    data: {values: bars},
    mark: {type: 'rect', opacity: 0.75},
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        title: 'Relative radius',
        scale: {
          type: edges.type,
          domain: [elementAt(edges.values, 0), elementAt(edges.values, -1)],
          nice: false,
        },
        axis: {format: '~r', labelOverlap: true},
      },
      x2: {field: 'to'},
      y: {
        field: 'share',
        type: 'quantitative',
        title: 'Share of directions',
        scale: {domain: [0, tallest]},
        axis: {format: '.0%', tickCount: 4},
      },
      y2: {datum: 0},
      fill: series.colour,
      tooltip: [
        {field: 'series', title: 'network'},
        {field: 'from', title: 'radius from', format: '.3~g'},
        {field: 'to', title: 'to', format: '.3~g'},
        {field: 'count', title: 'directions'},
      ],
    },
  };
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly share: number;
}

function sharesOf(cutoff: BasinCutoff, edges: Edges): number[] {
  return histogram(cutoff, edges).map(({share}) => share);
}

function histogram(cutoff: BasinCutoff, {values: edges}: Edges): Bar[] {
  const last = edges.length - 2;
  const bins = groupBy(crossings(cutoff), (radius) => {
    const above = edges.findIndex((edge) => edge > radius);
    return above === -1 ? last : Math.max(0, above - 1);
  });
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, {length: count}]) => ({
      from: elementAt(edges, bin),
      to: elementAt(edges, bin + 1),
      count,
      share: brief(count / cutoff.radii.length),
    }));
}
