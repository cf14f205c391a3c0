import {checkOptions, checkWord} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {cutoffLabel, cutoffLabels} from './cutoff-label.ts';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {palette} from './palette.ts';
import {poisonLabel} from './series.ts';

type Basin = AnalysisOf<'basin'>;
type Preconditioned = AnalysisOf<'preconditioned'>;

export interface VolumeConvergenceOptions extends FigureOptions {
  /** Which cutoff, such as "loss 0.5". Default: the middle one of the first basin. */
  readonly cutoff?: string;
}

const estimators = ['along random rays', 'along stretched rays'] as const;

/**
 * The log volume of a basin as more and more rays are counted, by both estimators: a panel for each network. An estimate
 * that still climbs is a lower bound.
 *
 * @param preconditioned of the same runs; those of others are passed over
 * @throws {NothingToDrawError} where no basin has a volume at the cutoff.
 */
export function volumeConvergence(
  basins: readonly Basin[],
  preconditioned: readonly Preconditioned[],
  options: VolumeConvergenceOptions = {},
): FigureSpec {
  checkOptions('volumeConvergence', options, {title: true, cutoff: true});
  requireSome(basins, 'volumeConvergence', 'basin analysis', 'analyse a run first');
  const [{data: first}] = basins;
  const middle = elementAt(first.cutoffs, Math.floor((first.cutoffs.length - 1) / 2));
  const {title = 'How the estimates grow with the rays counted', cutoff = cutoffLabel(middle)} = options;
  if (options.cutoff !== undefined)
    checkWord('volumeConvergence', 'cutoff', options.cutoff, cutoffLabels(basins));
  const measured = basins.flatMap((basin) => {
    const stretched = preconditioned.find(({run}) => run === basin.run);
    const rows = [
      ...rowsOf(estimators[0], plainConvergence(basin, cutoff)),
      ...rowsOf(
        estimators[1],
        stretched?.data.cutoffs.find((one) => cutoffLabel(one) === cutoff)?.convergence,
      ),
    ];
    return rows.length === 0 ? [] : [{basin, rows}];
  });
  requireSome(measured, 'volumeConvergence', 'volume at the cutoff', 'name another cutoff');
  const missing = basins.length - measured.length;
  const remark = missing === 0 ? '' : ` Basins without a volume there, ${missing} in all, are not shown.`;
  const ends = measured.map(({basin, rows}) => {
    const texts = estimators.flatMap((estimator) => {
      const own = rows.filter((row) => row.estimator === estimator);
      const [low, high] = [own[0], own.at(-1)];
      return low === undefined || high === undefined
        ? []
        : [`10^${inWords(Math.round(low.volume))} to 10^${inWords(Math.round(high.volume))} ${estimator}`];
    });
    return `${poisonLabel(basin.poisonFactor)}: from ${texts.join(' and from ')}`;
  });
  return figure({
    title,
    description: `Estimated volume of the basin at ${cutoff} against the number of rays counted. ${ends.join('; ')}.${remark}`,
    panels: measured.map(({basin, rows}) => panel(basin, rows)),
    layout: {
      minimumPanelWidth: 230,
      maximumPanelWidth: 480,
      aspect: 0.66,
      axisWidth: 78,
      legendCharacters: 22,
    },
  });
}

interface Convergence {
  readonly directions: readonly number[];
  readonly logVolume: readonly (number | null)[];
}

/**
 * From the radii. The estimate is a constant plus the logarithm of the mean n-th power, and the record says what it comes
 * to with all of them, which gives the constant.
 */
function plainConvergence({data}: Basin, name: string): Convergence | undefined {
  const cutoff = data.cutoffs.find((one) => cutoffLabel(one) === name);
  const whole = cutoff?.relative?.logVolume;
  if (cutoff === undefined || whole === undefined || whole === null) return undefined;
  const powers = cutoff.radii.map((radius) => data.dimension * Math.log(radius ?? data.maximumRadius));
  const constant = whole - logMeanExp(powers);
  const counts = [
    ...Array.from({length: Math.ceil(Math.log2(powers.length))}, (_, i) => 2 ** i),
    powers.length,
  ];
  return {
    directions: counts,
    logVolume: counts.map((count) => constant + logMeanExp(powers.slice(0, count))),
  };
}

function logMeanExp(values: readonly number[]): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0) / values.length);
}

interface Row {
  readonly estimator: string;
  readonly directions: number;
  readonly volume: number;
}

function rowsOf(estimator: string, convergence: Convergence | null | undefined): Row[] {
  if (convergence === null || convergence === undefined) return [];
  return convergence.directions.flatMap((directions, i) => {
    const logVolume = elementAt(convergence.logVolume, i);
    return logVolume === null ? [] : [{estimator, directions, volume: brief(logVolume / Math.LN10, 6)}];
  });
}

function panel({poisonFactor}: Basin, rows: readonly Row[]): View {
  return {
    title: panelTitle(poisonLabel(poisonFactor)),
    data: {values: rows},
    mark: {type: 'line', strokeWidth: 2, point: {size: 40, filled: true}},
    encoding: {
      x: {
        field: 'directions',
        type: 'quantitative',
        title: 'Rays counted',
        scale: {type: 'log', base: 2, nice: false},
        axis: {format: 'd', tickCount: 5},
      },
      y: {
        field: 'volume',
        type: 'quantitative',
        title: 'Volume (log₁₀, relative)',
        scale: {zero: false, nice: 5},
        axis: {format: ',d', tickMinStep: 1},
      },
      color: {
        field: 'estimator',
        type: 'nominal',
        title: null,
        scale: {domain: estimators, range: palette.classes},
      },
      tooltip: [
        {field: 'estimator', title: 'estimate'},
        {field: 'directions', title: 'rays counted'},
        {field: 'volume', title: 'log₁₀ volume', format: ',.1f'},
      ],
    },
  };
}
