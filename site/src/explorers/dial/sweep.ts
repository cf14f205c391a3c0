/** The sweep as its charts draw it: where a level stands, and what is measured there. */
import {percent, significant, superscript, whole} from '../../lib/format.ts';
import type {ExplorerExperiment, ExplorerRun} from '../data/experiment.ts';

export interface Quantity {
  readonly name: string;
  /** Beside it, smaller. */
  readonly unit: string;
  readonly scale: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: (tick: number) => string;
  /** Of the network that is looked at. */
  readonly text: (value: number | null) => string;
  readonly of: (run: ExplorerRun) => number | null;
}

const power = (value: number): string => `10${superscript(Math.round(Math.log10(value)))}`;

/** What the charts show; domains hold all runs, so that none moves when another seed is chosen. */
export function quantitiesOf(experiment: ExplorerExperiment): readonly Quantity[] {
  const place = Math.max(
    0,
    experiment.cutoffs.findIndex(({kind, value}) => kind === 'loss' && value === 0.5),
  );
  const volume = (run: ExplorerRun): number | null => {
    const natural = run.stableLogVolume[place];
    return natural === undefined || natural === null ? null : natural / Math.LN10;
  };
  const margin = (run: ExplorerRun): number | null => run.meanMargin;
  const eigenvalue = (run: ExplorerRun): number | null => run.largestEigenvalue;
  const volumes = widened(experiment.runs, volume, 2000);
  return [
    {
      name: 'Generalization gap',
      unit: '%',
      scale: 'linear',
      domain: [0, 1],
      ticks: [0, 0.5, 1],
      format: (tick) => String(100 * tick),
      text: percent,
      of: (run) => run.gap,
    },
    {
      name: 'Mean margin',
      unit: 'input units',
      scale: 'log',
      ...decades(experiment.runs, margin, 1),
      format: plain,
      text: (value) => significant(value),
      of: margin,
    },
    {
      name: 'Top eigenvalue',
      unit: 'of the Hessian in relative coordinates',
      scale: 'log',
      ...decades(experiment.runs, eigenvalue, 4),
      format: power,
      text: (value) => significant(value),
      of: eigenvalue,
    },
    {
      name: 'log₁₀ volume',
      unit: 'of the basin in relative coordinates, by the stable statistic',
      scale: 'linear',
      domain: volumes,
      ticks: [volumes[0], (volumes[0] + volumes[1]) / 2, volumes[1]],
      format: whole,
      text: (value) => (value === null ? '–' : whole(value)),
      of: volume,
    },
  ];
}

function plain(value: number): string {
  return String(Number(value.toPrecision(2)));
}

type Getter = (run: ExplorerRun) => number | null;

function measured(runs: readonly ExplorerRun[], of: Getter): readonly number[] {
  return runs.map(of).filter((value) => value !== null);
}

/** Whole powers of ten around all values. */
function decades(
  runs: readonly ExplorerRun[],
  of: Getter,
  every: number,
): Pick<Quantity, 'domain' | 'ticks'> {
  const exponents = measured(runs, of)
    .filter((value) => value > 0)
    .map(Math.log10);
  const [from, to] = exponents.length === 0 ? [-1, 1] : [Math.min(...exponents), Math.max(...exponents)];
  const [first, last] = [Math.floor(from), Math.ceil(to)];
  const count = Math.floor((last - first) / every) + 1;
  const ticks = Array.from({length: count}, (_, i) => 10 ** (last - i * every));
  return {domain: [10 ** first, 10 ** last], ticks};
}

/** Whole steps around all values. */
function widened(runs: readonly ExplorerRun[], of: Getter, step: number): readonly [number, number] {
  const values = measured(runs, of);
  if (values.length === 0) return [0, step];
  const [from, to] = [Math.floor(Math.min(...values) / step), Math.ceil(Math.max(...values) / step)];
  // Not −0.
  return [step * from, step * to + 0];
}

/** Powers of ten of β, and the place of each among the levels, which are evenly spread: `at` may lie between two. */
export function poisonTicks(
  levels: readonly number[],
): readonly {readonly at: number; readonly label: string}[] {
  const ticks: {at: number; label: string}[] = levels[0] === 0 ? [{at: 0, label: '0'}] : [];
  for (let i = 1; i < levels.length; i++) {
    const [low, high] = [levels[i - 1] as number, levels[i] as number];
    if (low <= 0) continue;
    for (let exponent = Math.ceil(Math.log10(low)); 10 ** exponent < high; exponent++) {
      const at = i - 1 + (exponent - Math.log10(low)) / Math.log10(high / low);
      ticks.push({at, label: power(10 ** exponent)});
    }
  }
  return ticks;
}
