/** Radii along the rays at each cutoff, the shortest first. */
import {palette} from '@minefield/figures';
import {Chart, type Series} from '../../ui/chart.tsx';
import type {Measure} from './measured.ts';

const colours = [palette.loss[0], palette.loss[2], palette.loss[3]];

export function RadiiChart({cutoffs}: {readonly cutoffs: Measure['cutoffs']}) {
  const shown = cutoffs.filter(({kind, applicable}) => kind === 'loss' && applicable);
  const series = shown.map(({value, radii}, i): Series => {
    const sorted = [...radii].filter(Number.isFinite).toSorted((a, b) => a - b);
    return {
      name: String(value),
      colour: colours[i % colours.length] ?? palette.clean,
      kind: 'dots',
      radius: 2,
      points: sorted.map((radius, rank) => [(rank + 0.5) / radii.length, radius]),
    };
  });
  const all = series.flatMap(({points}) => points.map(([, radius]) => radius));
  const domain =
    all.length === 0 ? ([0.01, 1] as const) : ([Math.min(...all) / 1.2, Math.max(...all) * 1.2] as const);
  return (
    <Chart
      label={`Radii along the rays at cutoffs of ${shown.map(({value}) => value).join(', ')} nats, sorted`}
      x={{label: 'share of the rays', domain: [0, 1]}}
      y={{
        label: 'relative radius: 0.25, 0.5 and 1 nats',
        scale: 'log',
        domain,
        ...(all.length > 0 && {ticks: ticksIn(domain), format: String}),
      }}
      series={series}
      height={300}
    />
  );
}

/** 1, 2 and 5 times powers of ten. */
function ticksIn([low, high]: readonly [number, number]): readonly number[] {
  const exponents = Array.from({length: 14}, (_, i) => i - 8);
  return exponents
    .flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((tick) => tick >= low && tick <= high);
}
