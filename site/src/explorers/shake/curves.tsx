/** Loss, accuracy and curvature on the way out of both minima, with a cursor in each. */
import {whole} from '../../lib/format.ts';
import type {WalkValue} from '../engine/calls/walk.ts';
import {type Axis, Chart, type Series} from '../ui/chart.tsx';
import {type DistanceScale, REACH, onAxis} from './places.ts';

export interface CurvesNetwork {
  readonly name: string;
  readonly colour: string;
  /** Where it stands. */
  readonly loss: number | undefined;
  readonly accuracy: number | undefined;
  readonly curvature: number | undefined;
}

interface Props {
  readonly scale: DistanceScale;
  readonly distance: number;
  readonly distances: readonly number[];
  readonly networks: readonly CurvesNetwork[];
  readonly curves: readonly (WalkValue | null)[];
  readonly onDistance: (distance: number) => void;
}

const HEIGHT = 131;

export function Curves({scale, distance, distances, networks, curves, onDistance}: Props) {
  const x: Axis = {
    label: 'relative distance',
    domain: REACH[scale],
    scale,
    ...(scale === 'log' && {ticks: [1e-2, 0.1, 1, 10]}),
  };
  // The axis is the same for all three: its name stands below the last.
  const unnamed: Axis = {...x, label: ''};
  const cursor = onAxis(distance, scale);
  const seriesOf = (pick: (value: WalkValue) => Float64Array): readonly Series[] =>
    networks.map(({name, colour}, i) => {
      const value = curves[i];
      const measured = value === null || value === undefined ? [] : pick(value);
      return {name, colour, kind: 'line', points: joined(distances, measured, scale)};
    });
  const marks = (of: (network: CurvesNetwork) => number | undefined) =>
    networks.flatMap((network) => {
      const y = of(network);
      return y === undefined ? [] : [{x: cursor, y, colour: network.colour}];
    });
  const common = {x, height: HEIGHT, cursor, onCursor: onDistance};
  return (
    <div class="shake-curves">
      <Chart
        {...common}
        x={unnamed}
        label="Training loss against distance"
        y={{
          label: 'training loss (xent)',
          domain: [1e-4, 200],
          scale: 'log',
          ticks: [1e-4, 1e-2, 1, 100],
          format: String,
        }}
        series={seriesOf(({losses}) => losses)}
        marks={marks(({loss}) => loss)}
      />
      <Chart
        {...common}
        x={unnamed}
        label="Training accuracy against distance"
        y={{
          label: 'training accuracy (acc)',
          domain: [0, 1.04],
          ticks: [0, 0.5, 1],
          format: (value) => `${Math.round(100 * value)}%`,
        }}
        series={seriesOf(({accuracies}) => accuracies)}
        marks={marks(({accuracy}) => accuracy)}
      />
      <Chart
        {...common}
        label="Curvature along the direction against distance"
        y={{
          label: 'curvature along it (curv)',
          domain: [-100, 1e4],
          scale: 'symlog',
          linearTo: 0.01,
          ticks: [-100, 0, 1, 100, 1e4],
          format: whole,
        }}
        series={seriesOf(({curvatures}) => curvatures)}
        marks={marks(({curvature}) => curvature)}
      />
    </div>
  );
}

/** What is measured so far, joined over what is still to come. */
function joined(
  distances: readonly number[],
  values: ArrayLike<number>,
  scale: DistanceScale,
): readonly (readonly [number, number])[] {
  return distances.flatMap((distance, i) => {
    const value = values[i];
    return value === undefined || Number.isNaN(value) ? [] : [[onAxis(distance, scale), value] as const];
  });
}
