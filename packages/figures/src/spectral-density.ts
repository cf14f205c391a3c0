import {checkOptions} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {hoverPoints} from './hover.ts';
import {brief, inWords, logTicks, sentence} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {type Series, seriesOf} from './series.ts';

type Spectrum = AnalysisOf<'spectrum'>;

/** Standard deviation of the Gaussian that each point of a quadrature is smeared into, in decades. */
const width = 0.15;
/** Points of a curve in a decade. */
const resolution = 8;
/** Eigenvalues below this share of the largest are rounding: products of float32 numbers know no more. */
const rounding = 1e-7;
/** Fewer eigenvalues in a decade than this are not drawn. */
const fewest = 0.1;

/**
 * Density of the Hessian's spectrum over decades of |λ|: curvature upwards in the first panel, downwards in the second.
 * What lies within rounding of 0 is counted in the description, not drawn.
 *
 * @throws {NothingToDrawError} without a record, or where no eigenvalue is above rounding.
 */
export function spectralDensity(records: readonly Spectrum[], options: FigureOptions = {}): FigureSpec {
  checkOptions('spectralDensity', options, {title: true});
  requireSome(records, 'spectralDensity', 'spectrum analysis', 'analyse a run first');
  const {title = 'The spectrum of the Hessian'} = options;
  const series = seriesOf(records);
  const curves = (['up', 'down'] as const).map((sign) =>
    records.map((record) => ({series: series.labelOf(record), ...densityOf(record, sign)})),
  );
  const drawn = curves.flat().flatMap(({eigenvalue}) => eigenvalue);
  requireSome(drawn, 'spectralDensity', 'eigenvalue above rounding', 'check that the runs ended in minima');
  const domain = [brief(Math.min(...drawn), 2), brief(Math.max(...drawn), 2)];
  const highest = Math.max(
    1,
    ...curves.flat().flatMap(({density}) => density.filter((height) => height !== null)),
  );
  const heights = [fewest, brief(1.5 * highest, 2)] as const;
  const summaries = records.map((record) => {
    const {largest, smallest, dimension} = record.data;
    return `${series.labelOf(record)}: from ${inWords(smallest.value)} to ${inWords(largest.value)}, ${inWords(Math.round(restingIn(record)))} of ${dimension} within rounding of 0`;
  });
  return figure({
    title,
    description: `Density of the eigenvalues of the Hessian of the training loss, in scale-free coordinates. ${sentence(summaries)}`,
    panels: curves.map((values, i) =>
      panel(
        values,
        series,
        {domain, heights},
        i === 0 ? 'Curving upwards, λ > 0' : 'Curving downwards, λ < 0',
        `sign${i}`,
      ),
    ),
    layout: {
      minimumPanelWidth: 230,
      maximumPanelWidth: 480,
      aspect: 0.66,
      legendCharacters: series.longest,
    },
  });
}

function floorOf({data}: Spectrum): number {
  return rounding * Math.max(Math.abs(data.largest.value), Math.abs(data.smallest.value));
}

function restingIn(record: Spectrum): number {
  const {nodes, weights} = record.data.density;
  const floor = floorOf(record);
  const share = nodes.reduce((sum, node, i) => sum + (Math.abs(node) < floor ? elementAt(weights, i) : 0), 0);
  return share * record.data.dimension;
}

/** Eigenvalues in a decade of |λ|, where there are any. */
function densityOf(
  record: Spectrum,
  sign: 'up' | 'down',
): {eigenvalue: number[]; density: (number | null)[]} {
  const {density, dimension} = record.data;
  const floor = floorOf(record);
  const points = density.nodes.flatMap((node, i) =>
    Math.abs(node) >= floor && node > 0 === (sign === 'up')
      ? [{place: Math.log10(Math.abs(node)), count: elementAt(density.weights, i) * dimension}]
      : [],
  );
  if (points.length === 0) return {eigenvalue: [], density: []};
  const places = points.map(({place}) => place);
  const [low, high] = [Math.min(...places) - 3 * width, Math.max(...places) + 3 * width];
  const steps = Math.ceil((high - low) * resolution);
  const eigenvalue: number[] = [];
  const heights: (number | null)[] = [];
  for (let step = 0; step <= steps; step++) {
    const place = low + ((high - low) * step) / steps;
    const height = points.reduce(
      (sum, point) => sum + point.count * Math.exp(-(((place - point.place) / width) ** 2) / 2),
      0,
    );
    const value = height / (width * Math.sqrt(2 * Math.PI));
    eigenvalue.push(brief(10 ** place));
    heights.push(value < fewest ? null : brief(value));
  }
  return {eigenvalue, density: heights};
}

function panel(
  values: readonly View[],
  series: Series,
  {domain, heights}: {readonly domain: readonly number[]; readonly heights: readonly [number, number]},
  title: string,
  name: string,
): View {
  const drawn = {
    x: {
      field: 'eigenvalue',
      type: 'quantitative',
      title: 'Size of the eigenvalue, |λ| (nats)',
      scale: {type: 'log', domain, nice: false},
      axis: {format: '~e', tickCount: 5, labelOverlap: 'greedy'},
    },
    y: {
      field: 'density',
      type: 'quantitative',
      title: 'Eigenvalues a decade',
      scale: {type: 'log', domain: heights, nice: false},
      axis: {format: '~g', values: logTicks(...heights), tickCount: 5},
    },
    color: series.colour,
  };
  const tooltip = [
    {field: 'series', title: 'network'},
    {field: 'eigenvalue', title: '|λ|', format: '.2~e'},
    {field: 'density', title: 'eigenvalues a decade', format: '.3~g'},
  ];
  return {
    title: panelTitle(title),
    data: {values},
    transform: [{flatten: ['eigenvalue', 'density']}],
    layer: [
      {mark: {type: 'line', clip: true, strokeWidth: 2, tooltip: null}, encoding: drawn},
      hoverPoints(name, {...drawn, tooltip}),
    ],
  };
}
