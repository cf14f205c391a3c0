/** The sweep's networks, volume against gap, and the reader's own among them. */
import {palette, poisonColour} from '@minefield/figures';
import type {ExplorerExperiment} from '../data/experiment.ts';
import type {MeasureValue} from '../engine/calls/measure.ts';
import {Chart, type Series} from '../ui/chart.tsx';

/** Nats at which basins end in this picture. */
export const CUTOFF = 0.5;

/** A network of the reader's that was measured. */
export interface OwnDot {
  readonly name: string;
  readonly poisonFactor: number;
  /** Trained on the sweep's kind of data, in a network of its shape. */
  readonly comparable: boolean;
  readonly value: MeasureValue;
}

export interface SweepDot {
  /** Share of 1. */
  readonly gap: number;
  /** Natural logarithm of the stable volume, relative. */
  readonly logVolume: number;
  readonly poisonFactor: number;
}

export function sweepDots({runs, cutoffs}: ExplorerExperiment): readonly SweepDot[] {
  const at = cutoffs.findIndex(({kind, value}) => kind === 'loss' && value === CUTOFF);
  return runs.flatMap(({gap, stableLogVolume, poisonFactor}): SweepDot[] => {
    const logVolume = stableLogVolume[at] ?? null;
    return gap === null || logVolume === null ? [] : [{gap, logVolume, poisonFactor}];
  });
}

function ownPlace({value}: OwnDot): readonly [gap: number, decades: number] | undefined {
  const volume = value.basins.find(({cutoff}) => cutoff === CUTOFF)?.stableLogVolume ?? null;
  return volume === null ? undefined : [value.trainAccuracy - value.freshAccuracy, volume / Math.LN10];
}

interface Props {
  readonly sweep: readonly SweepDot[];
  readonly own: readonly OwnDot[];
}

export function OwnScatter({sweep, own}: Props) {
  const places = own.map((dot) => ({dot, place: ownPlace(dot)}));
  const all = [
    ...sweep.map(({logVolume}) => logVolume / Math.LN10),
    ...places.flatMap(({place}) => (place === undefined ? [] : [place[1]])),
  ];
  const [lowest, highest] = all.length === 0 ? [-12_000, -4000] : [Math.min(...all), Math.max(...all)];
  const levels = [...new Set(sweep.map(({poisonFactor}) => poisonFactor))].toSorted((a, b) => a - b);
  const series = levels.map((level, i): Series => ({
    name: `β = ${level}`,
    colour: poisonColour(i / Math.max(1, levels.length - 1)),
    kind: 'dots',
    radius: 2.6,
    opacity: 0.7,
    points: sweep
      .filter(({poisonFactor}) => poisonFactor === level)
      .map(({gap, logVolume}) => [gap, logVolume / Math.LN10]),
  }));
  const mine = places.flatMap(({dot, place}) =>
    place === undefined
      ? []
      : [{x: place[0], y: place[1], colour: dot.comparable ? palette.error : palette.between}],
  );
  return (
    <>
      <Chart
        label={
          `Volume of the basin at a loss of ${CUTOFF} against the generalization gap: ${sweep.length} networks of the ` +
          `sweep, and ${mine.length} of your own.`
        }
        height={328}
        x={{
          label: 'generalization gap',
          domain: [-0.05, 1],
          ticks: [0, 0.5, 1],
          format: (gap) => `${100 * gap}%`,
        }}
        y={{
          label: 'volume (decades, relative)',
          domain: [Math.floor(lowest / 1000) * 1000, Math.ceil(highest / 1000) * 1000],
          format: (value) =>
            (value / 1000).toLocaleString('en-US').replace('-', '−') + (value === 0 ? '' : 'k'),
        }}
        series={series}
        marks={mine}
      />
      <p class="own-key">
        <span>
          <i class="own-key-dot own-key-clean" /> β = 0
        </span>
        <span>
          <i class="own-key-dot own-key-poisoned" /> β = {levels.at(-1) ?? 0.8}
        </span>
        <span>
          <i class="own-key-dot own-key-own" /> yours
        </span>
      </p>
    </>
  );
}
