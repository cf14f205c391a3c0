/** How radii are spread, and what the volume's bound makes of them. */
import {palette} from '@minefield/figures';
import {type Axis, Chart, type Series} from '../ui/chart.tsx';
import {DOMAIN} from './star-picture.tsx';
import {type RayRadii, growthOf, histogramOf} from './statistics.ts';
import {MOST_RAYS, type Pair} from './use-rays.ts';

const HEIGHT = 205;
const BINS = 42;

const NAMES = ['good', 'bad'] as const;
const COLOURS = [palette.clean, palette.poisoned] as const;

type Sides = Pair<RayRadii | null>;

export function RadiusChart({sides}: {readonly sides: Sides}) {
  const series = sides.flatMap((side, i): Series[] => {
    if (side === null || side.radii.length === 0) return [];
    const bins = histogramOf(side.radii, DOMAIN, BINS);
    const points = bins.flatMap(({from, to, share}) => [
      [from, 100 * share] as const,
      [to, 100 * share] as const,
    ]);
    return [{name: NAMES[i as 0 | 1], colour: COLOURS[i as 0 | 1], kind: 'line', points}];
  });
  const most = Math.max(10, ...series.flatMap(({points}) => points.map(([, share]) => share)));
  const x: Axis = {label: 'relative radius', scale: 'log', domain: DOMAIN};
  const y: Axis = {label: 'rays in each bin, %', domain: [0, Math.ceil(most / 10) * 10]};
  return <Chart label="Histogram of the radii of both minima." x={x} y={y} series={series} height={HEIGHT} />;
}

/** Rays from which gains are counted: the first few say nothing. */
const FIRST = 8;

export function GrowthChart({sides}: {readonly sides: Sides}) {
  const series = sides.flatMap((side, i): Series[] => {
    if (side === null) return [];
    const growth = growthOf(side);
    const start = growth[Math.min(FIRST, growth.length) - 1];
    if (start === undefined) return [];
    const points = growth.map((value, n) => [n + 1, value - start] as const).slice(FIRST - 1);
    return [{name: NAMES[i as 0 | 1], colour: COLOURS[i as 0 | 1], kind: 'line', points}];
  });
  const gains = series.flatMap(({points}) => points.map(([, gain]) => gain));
  const step = 200;
  const top = Math.max(step, Math.ceil(Math.max(0, ...gains) / step) * step);
  const bottom = Math.min(0, Math.floor(Math.min(0, ...gains)));
  const x: Axis = {
    label: 'rays',
    scale: 'log',
    domain: [FIRST, MOST_RAYS],
    ticks: [8, 32, 128, 512, 2048],
    format: String,
  };
  const y: Axis = {label: `decades gained since ray ${FIRST}`, domain: [bottom, top]};
  return (
    <Chart
      label="What the bound on each volume has gained, in powers of ten, as rays came in."
      x={x}
      y={y}
      series={series}
      height={HEIGHT}
    />
  );
}
