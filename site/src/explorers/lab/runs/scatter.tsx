/** Any quantity of the runs against any other; a rectangle that is dragged becomes two filters. */
import {type ReadonlySignal, type Signal, useSignal} from '@preact/signals';
import {useMemo, useRef} from 'preact/hooks';
import {useWidth} from '../../ui/use-width.ts';
import type {LabTable} from '../data/lab-table.ts';
import {axisTitle} from '../format.ts';
import {type LabState, pinMarks, togglePin, useLogarithmic} from '../state.ts';
import {type AxisScale, axisScale} from './axis-scale.ts';
import {betaColours, experimentColour, markOf} from './colours.ts';
import {withRange} from './filters.ts';
import './scatter.css';

interface Props {
  readonly table: LabTable;
  readonly state: LabState;
  /** Rows that pass the filters. */
  readonly passed: ReadonlySignal<readonly number[]>;
  readonly hovered: Signal<number>;
  readonly say: (message: string) => void;
}

const SCATTER_HEIGHT = 400;
const MARGIN = {top: 26, right: 14, bottom: 44, left: 58};
/** How near a finger must come to a mark. */
const REACH = 22;

interface Place {
  readonly x: number;
  readonly y: number;
}

export function Scatter({table, state, passed, hovered, say}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  /** 0 until it has been measured; marks are placed once. */
  const width = useWidth(frame, 0);
  const drag = useSignal<{readonly from: Place; readonly to: Place} | null>(null);
  const [xKey, yKey] = [state.x.value, state.y.value];
  const [xQuantity, yQuantity] = [xKey, yKey].map((key) => table.quantity(key) ?? table.quantities[0]);
  const xLog = useLogarithmic(state.xScale, () => table.quantity(state.x.value)?.scale ?? 'linear').value;
  const yLog = useLogarithmic(state.yScale, () => table.quantity(state.y.value)?.scale ?? 'linear').value;
  const chosen = state.experiments.value;
  const box = {
    left: MARGIN.left,
    right: Math.max(MARGIN.left + 60, width - MARGIN.right),
    top: MARGIN.top,
    bottom: SCATTER_HEIGHT - MARGIN.bottom,
  };
  const {rows, across, up} = useMemo(() => {
    const inSight = Array.from({length: table.size}, (_, row) => row).filter(
      (row) => chosen.length === 0 || chosen.includes(table.word('experiment', row) ?? ''),
    );
    const valuesOf = (key: string): number[] =>
      inSight.flatMap((row) => {
        const value = table.number(key, row);
        return value === null ? [] : [value];
      });
    if (xQuantity === undefined || yQuantity === undefined) throw new Error('no quantity was measured');
    return {
      rows: inSight,
      across: axisScale(valuesOf(xKey), xQuantity, xLog, [box.left, box.right]),
      up: axisScale(valuesOf(yKey), yQuantity, yLog, [box.bottom, box.top]),
    };
  }, [table, chosen, xKey, yKey, xLog, yLog, box.left, box.right]);
  const placeOf = (row: number): Place | null => {
    const [x, y] = [table.number(xKey, row), table.number(yKey, row)];
    if (x === null || y === null) return null;
    const place = {x: across.place(x), y: up.place(y)};
    return Number.isFinite(place.x) && Number.isFinite(place.y) ? place : null;
  };
  const nearest = ({x, y}: Place, reach: number): number => {
    let [best, distance] = [-1, reach];
    for (const row of rows) {
      const place = placeOf(row);
      const far = place === null ? Infinity : Math.hypot(place.x - x, place.y - y);
      if (far < distance) [best, distance] = [row, far];
    }
    return best;
  };
  const pointOf = (event: PointerEvent & {readonly currentTarget: Element}): Place => {
    const {left, top} = event.currentTarget.getBoundingClientRect();
    const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
    return {
      x: clamp(event.clientX - left, box.left, box.right),
      y: clamp(event.clientY - top, box.top, box.bottom),
    };
  };
  const brush = (from: Place, to: Place): void => {
    const between = (scale: AxisScale, a: number, b: number, key: string) => {
      const [low = 0, high = 0] = [scale.invert(a), scale.invert(b)].toSorted((p, q) => p - q);
      return {key, from: Number(low.toPrecision(4)), to: Number(high.toPrecision(4))};
    };
    const withX = withRange(state.ranges.value, between(across, from.x, to.x, xKey));
    state.ranges.value = xKey === yKey ? withX : withRange(withX, between(up, from.y, to.y, yKey));
  };
  const colours = useMemo(() => betaColours(table), [table]);
  const names = table.file.experiments.map(({name}) => name);
  const kept = new Set(passed.value);
  const pins = state.pins.value.map((id) => table.rowOf(id));
  const places = (width === 0 ? [] : rows).flatMap((row) => {
    const place = placeOf(row);
    return place === null ? [] : [{row, place}];
  });
  const rangeOf = (key: string) => state.ranges.value.find((range) => range.key === key);
  const [xRange, yRange] = [rangeOf(xKey), rangeOf(yKey)];
  const edges = (
    scale: AxisScale,
    range: {from: number; to: number} | undefined,
    low: number,
    high: number,
  ) => {
    if (range === undefined) return [low, high] as const;
    const [a, b] = [scale.place(range.from), scale.place(range.to)].map((at, i) =>
      Number.isFinite(at)
        ? Math.max(Math.min(low, high), Math.min(Math.max(low, high), at))
        : i === 0
          ? low
          : high,
    ) as [number, number];
    return [a, b] as const;
  };
  const [x0, x1] = edges(across, xRange, box.left, box.right);
  const [y0, y1] = edges(up, yRange, box.bottom, box.top);
  return (
    <div class="lab-scatter" ref={frame}>
      <svg
        role="img"
        aria-label={`${yQuantity?.label} against ${xQuantity?.label}: ${places.length} runs, ${places.filter(({row}) => kept.has(row)).length} of them pass the filters. The table has the same values.`}
        width={width}
        height={SCATTER_HEIGHT}
        viewBox={`0 0 ${width} ${SCATTER_HEIGHT}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = pointOf(event);
          drag.value = {from: at, to: at};
        }}
        onPointerMove={(event) => {
          const at = pointOf(event);
          if (drag.value === null) {
            hovered.value = nearest(at, REACH);
            return;
          }
          drag.value = {from: drag.value.from, to: at};
          if (isDrag(drag.value)) brush(drag.value.from, at);
        }}
        onPointerUp={() => {
          const done = drag.value;
          drag.value = null;
          if (done === null || isDrag(done)) return;
          const row = nearest(done.to, REACH);
          if (row >= 0 && !togglePin(state, table.id(row))) say('Six runs are pinned; let one go first.');
        }}
        onPointerCancel={() => {
          drag.value = null;
        }}
        onPointerLeave={() => {
          hovered.value = -1;
        }}
      >
        <g class="explorer-axis">
          {up.ticks.map(({at, text}) => (
            <g key={text} transform={`translate(0,${at})`}>
              <line x1={box.left} x2={box.right} class="explorer-grid" />
              <text x={box.left - 8} dy="0.32em" text-anchor="end">
                {text}
              </text>
            </g>
          ))}
          {across.ticks.map(({at, text}) => (
            <g key={text} transform={`translate(${at},${box.bottom})`}>
              <line y1={box.top - box.bottom} y2="0" class="explorer-grid" />
              <text y="16" text-anchor="middle">
                {text}
              </text>
            </g>
          ))}
          <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} />
          <text x={box.right} y={SCATTER_HEIGHT - 8} text-anchor="end" class="explorer-axis-title">
            {xQuantity && axisTitle(xQuantity)} →
          </text>
          <text x="2" y="13" class="explorer-axis-title">
            ↑ {yQuantity && axisTitle(yQuantity)}
          </text>
        </g>
        {(xRange !== undefined || yRange !== undefined) && (
          <rect
            class="lab-brush"
            x={Math.min(x0, x1)}
            y={Math.min(y0, y1)}
            width={Math.abs(x1 - x0)}
            height={Math.abs(y1 - y0)}
          />
        )}
        <g class="lab-marks">
          {places.map(({row, place}) => {
            const experiment = names.indexOf(table.word('experiment', row) ?? '');
            return (
              <path
                key={row}
                d={markOf(experiment)}
                transform={`translate(${place.x.toFixed(1)},${place.y.toFixed(1)})`}
                fill={
                  state.colour.value === 'beta'
                    ? colours(table.number('beta', row) ?? 0)
                    : experimentColour(experiment)
                }
                data-passed={kept.has(row)}
                data-row={row}
              />
            );
          })}
        </g>
        {pins.map((row, i) => {
          const place = row < 0 ? null : placeOf(row);
          const mark = pinMarks[i];
          return place === null || mark === undefined ? null : (
            <g key={row} class="lab-pin" transform={`translate(${place.x},${place.y})`}>
              <circle r="9" stroke={mark.colour} />
              <text x="11" y="-7" fill={mark.colour}>
                {mark.letter}
              </text>
            </g>
          );
        })}
        <Ring row={hovered} placeOf={placeOf} />
      </svg>
    </div>
  );
}

/** Around the run that is pointed at; drawn by itself, so that pointing redraws nothing else. */
function Ring({
  row,
  placeOf,
}: {
  readonly row: Signal<number>;
  readonly placeOf: (row: number) => Place | null;
}) {
  const place = row.value < 0 ? null : placeOf(row.value);
  return place === null ? null : <circle class="lab-ring" cx={place.x} cy={place.y} r="8" />;
}

function isDrag({from, to}: {readonly from: Place; readonly to: Place}): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) > 6;
}
