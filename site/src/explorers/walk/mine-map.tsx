/** The map of a minefield: the path of training, and the minima that were sought from points on it. */
import {palette} from '@minefield/figures';
import type {ExplorerMines} from '../data/mines.ts';
import {isBad, pickFrom, searchFrom} from './mine-field.ts';

interface Props {
  readonly mines: Pick<ExplorerMines, 'path' | 'minima'>;
  /** Index on the path; nothing is marked where absent. */
  readonly place?: number | undefined;
  /** Indices of starts from which the reader has found the recorded minimum. */
  readonly found?: readonly number[];
  readonly onPick?: ((index: number) => void) | undefined;
}

const SIDE = 320;
const EDGE = 14;

export function MineMap({mines, place, found = [], onPick}: Props) {
  const {path, minima} = mines;
  const {across, up, invert} = placesOf(mines);
  const at = (index: number): string => `${across(path.x[index] ?? 0)},${up(path.y[index] ?? 0)}`;
  const line = (from: number, to: number): string =>
    path.step
      .slice(from, to)
      .map((_, i) => `${i === 0 ? 'M' : 'L'}${at(from + i)}`)
      .join('');
  const mark = (bad: boolean): string =>
    minima.start
      .map((_, k) =>
        isBad(minima.trainAccuracy[k] ?? 0, minima.testAccuracy[k] ?? 1) === bad
          ? (bad ? diamond : cross)(across(minima.x[k] ?? 0), up(minima.y[k] ?? 0))
          : '',
      )
      .join('');
  const last = path.step.length - 1;
  const mine = place === undefined ? undefined : searchFrom(mines, path.step[place]);
  const places = found.flatMap((index) => searchFrom(mines, path.step[index]) ?? []);
  return (
    <div class="explorer-plane">
      <svg
        class={onPick === undefined ? 'mine-map' : 'mine-map mine-map-picked'}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={`Map: the path of training, and ${minima.start.length} minima that were sought from points on it`}
        onPointerDown={(event) => {
          if (onPick === undefined) return;
          const box = event.currentTarget.getBoundingClientRect();
          const [x, y] = invert(
            ((event.clientX - box.left) / box.width) * SIDE,
            ((event.clientY - box.top) / box.height) * SIDE,
          );
          onPick(pickFrom(mines, x, y));
        }}
      >
        <path class="mine-map-way" d={line(0, last + 1)} />
        <path d={mark(true)} fill={palette.poisoned} fill-opacity="0.75" />
        <path d={mark(false)} stroke={palette.between} stroke-width="1.2" fill="none" />
        {place !== undefined && (
          <path
            d={line(0, place + 1)}
            fill="none"
            stroke={palette.clean}
            stroke-width="2.4"
            stroke-linejoin="round"
          />
        )}
        <circle cx={at(0).split(',')[0]} cy={at(0).split(',')[1]} r="4" class="mine-map-start" />
        <circle cx={at(last).split(',')[0]} cy={at(last).split(',')[1]} r="6" fill={palette.clean} />
        <Label x={across(path.x[0] ?? 0)} y={up(path.y[0] ?? 0)} text="start" />
        <Label x={across(path.x[last] ?? 0)} y={up(path.y[last] ?? 0)} text="end" />
        {places.map((k) => (
          <circle
            key={k}
            cx={across(minima.x[k] ?? 0)}
            cy={up(minima.y[k] ?? 0)}
            r="8"
            fill="none"
            stroke={palette.error}
            stroke-width="2.4"
          />
        ))}
        {place !== undefined && mine !== undefined && (
          <line
            class="mine-map-thread"
            x1={across(path.x[place] ?? 0)}
            y1={up(path.y[place] ?? 0)}
            x2={across(minima.x[mine] ?? 0)}
            y2={up(minima.y[mine] ?? 0)}
          />
        )}
        {place !== undefined && (
          <circle class="mine-map-here" cx={across(path.x[place] ?? 0)} cy={up(path.y[place] ?? 0)} r="6" />
        )}
      </svg>
    </div>
  );
}

function Label({x, y, text}: {readonly x: number; readonly y: number; readonly text: string}) {
  const left = x > SIDE - 50;
  return (
    <text class="mine-map-label" x={left ? x - 10 : x + 10} y={y + 4} text-anchor={left ? 'end' : 'start'}>
      {text}
    </text>
  );
}

function diamond(x: number, y: number): string {
  return `M${x},${(y - 3.6).toFixed(1)}l3.6,3.6l-3.6,3.6l-3.6,-3.6z`;
}

function cross(x: number, y: number): string {
  return `M${(x - 2.6).toFixed(1)},${(y - 2.6).toFixed(1)}l5.2,5.2m-5.2,0l5.2,-5.2`;
}

/** One scale for both axes: they have no unit, but the same. */
function placesOf({path, minima}: Pick<ExplorerMines, 'path' | 'minima'>): {
  readonly across: (x: number) => number;
  readonly up: (y: number) => number;
  readonly invert: (px: number, py: number) => readonly [number, number];
} {
  const [xs, ys] = [
    [...path.x, ...minima.x],
    [...path.y, ...minima.y],
  ];
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const [cx, cy] = [middle(xs), middle(ys)];
  const scale = (SIDE - 2 * EDGE) / Math.max(extent(xs), extent(ys), 1e-9);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    across: (x) => tenth(SIDE / 2 + (x - cx) * scale),
    up: (y) => tenth(SIDE / 2 - (y - cy) * scale),
    invert: (px, py) => [cx + (px - SIDE / 2) / scale, cy - (py - SIDE / 2) / scale],
  };
}
