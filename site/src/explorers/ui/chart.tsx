/** A small chart that follows a cursor: axes, lines or dots, and a rule at the place that the reader holds. */
import {type ScaleContinuousNumeric, scaleLinear, scaleLog, scaleSymlog} from 'd3-scale';
import {line} from 'd3-shape';
import {useRef} from 'preact/hooks';
import {useWidth} from './use-width.ts';

export interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Default `linear`. `symlog`: logarithmic on both sides of 0, and linear about it; say its ticks. */
  readonly scale?: 'linear' | 'log' | 'symlog';
  /** Half of the linear part of a `symlog` scale. Default 1. */
  readonly linearTo?: number;
  /** Where labels stand; chosen by the scale where absent. */
  readonly ticks?: readonly number[];
  readonly format?: (value: number) => string;
}

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly kind: 'line' | 'dots';
  /** Pairs of x and y; those that are not finite break a line. */
  readonly points: readonly (readonly [number, number])[];
  readonly dash?: string;
  /** Of dots, in CSS pixels. Default 2.5. */
  readonly radius?: number;
  readonly opacity?: number;
  /** Written at the end of a line; the legend is for the rest. */
  readonly endLabel?: string;
}

interface Props {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** In CSS pixels; it never changes, so nothing shifts. */
  readonly height: number;
  /** Place of the cursor on x. */
  readonly cursor?: number | undefined;
  /** Marked points on the cursor, such as the value that is read out. */
  readonly marks?: readonly {readonly x: number; readonly y: number; readonly colour: string}[];
  /** Horizontal rules, such as cutoffs. */
  readonly rules?: readonly {readonly y: number; readonly label: string}[];
  /** Called with a place on x while the reader drags over the chart. */
  readonly onCursor?: ((x: number) => void) | undefined;
  /** Called with a place on the axes while the reader draws over the chart, by mouse or finger. */
  readonly onPlace?: ((x: number, y: number) => void) | undefined;
}

const MARGIN = {top: 22, right: 12, bottom: 34, left: 46};

/** Of a pixel: finer is not seen, and every page carries it. */
function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}

export function Chart({
  label,
  x,
  y,
  series,
  height,
  cursor,
  marks = [],
  rules = [],
  onCursor,
  onPlace,
}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 320);
  const [left, right] = [MARGIN.left, Math.max(MARGIN.left + 40, width - MARGIN.right)];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const [toX, toY] = [scaleOf(x, [left, right]), scaleOf(y, [bottom, top])];
  const across = (value: number): number => hundredths(toX(value));
  const up = (value: number): number => hundredths(toY(value));
  const place = (event: PointerEvent & {readonly currentTarget: Element}): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.max(left, Math.min(right, event.clientX - box.left));
    onCursor?.(toX.invert(at));
    onPlace?.(toX.invert(at), toY.invert(Math.max(top, Math.min(bottom, event.clientY - box.top))));
  };
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(up(value)))
    .x(([value]) => across(value))
    .y(([, value]) => Math.max(top, Math.min(bottom, up(value))));
  return (
    <div class="explorer-chart" ref={frame}>
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        class={
          onPlace !== undefined
            ? 'explorer-chart-drawable'
            : onCursor !== undefined
              ? 'explorer-chart-draggable'
              : undefined
        }
        onPointerDown={(event) => {
          if (onCursor === undefined && onPlace === undefined) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          place(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons > 0) place(event);
        }}
      >
        <g class="explorer-axis">
          {ticksOf(y, toY, 4).map((tick) => (
            <g key={tick} transform={`translate(0,${up(tick)})`}>
              <line x1={left} x2={right} class="explorer-grid" />
              <text x={left - 7} dy="0.32em" text-anchor="end">
                {formatOf(y)(tick)}
              </text>
            </g>
          ))}
          {ticksOf(x, toX, Math.max(2, Math.floor((right - left) / 80))).map((tick) => (
            <g key={tick} transform={`translate(${across(tick)},${bottom})`}>
              <line y2="4" />
              <text y="15" text-anchor="middle">
                {formatOf(x)(tick)}
              </text>
            </g>
          ))}
          <line x1={left} x2={right} y1={bottom} y2={bottom} />
          <text x={right} y={height - 3} text-anchor="end" class="explorer-axis-title">
            {x.label}
          </text>
        </g>
        {rules.map((rule) => (
          <g key={rule.label} class="explorer-rule" transform={`translate(0,${up(rule.y)})`}>
            <line x1={left} x2={right} />
            <text x={right} dy="-0.4em" text-anchor="end">
              {rule.label}
            </text>
          </g>
        ))}
        {series.map(({name, colour, kind, points, dash, radius = 2.5, opacity = 1}) =>
          kind === 'line' ? (
            <path
              key={name}
              d={path(points) ?? ''}
              fill="none"
              stroke={colour}
              stroke-width="2"
              stroke-dasharray={dash}
              opacity={opacity}
            />
          ) : (
            <g key={name} fill={colour} opacity={opacity}>
              {points.map(([px, py], i) =>
                Number.isFinite(across(px)) && Number.isFinite(up(py)) ? (
                  <circle key={i} cx={across(px)} cy={up(py)} r={radius} />
                ) : null,
              )}
            </g>
          ),
        )}
        {cursor !== undefined && (
          <line class="explorer-cursor" x1={across(cursor)} x2={across(cursor)} y1={top} y2={bottom} />
        )}
        {marks.map((mark) =>
          Number.isFinite(up(mark.y)) ? (
            <circle
              key={`${mark.colour} ${mark.x} ${mark.y}`}
              class="explorer-mark"
              cx={across(mark.x)}
              cy={Math.max(top, Math.min(bottom, up(mark.y)))}
              r="5"
              fill={mark.colour}
            />
          ) : null,
        )}
        <text x="0" y={top - 12} class="explorer-axis-title" text-anchor="start">
          {y.label}
        </text>
      </svg>
    </div>
  );
}

type Scale = ScaleContinuousNumeric<number, number>;

function scaleOf({scale = 'linear', linearTo = 1, domain}: Axis, range: readonly [number, number]): Scale {
  const made =
    scale === 'log' ? scaleLog() : scale === 'symlog' ? scaleSymlog().constant(linearTo) : scaleLinear();
  return made.domain(domain).range(range);
}

function ticksOf({ticks, scale, domain}: Axis, made: Scale, count: number): readonly number[] {
  if (ticks !== undefined) return ticks;
  if (scale !== 'log') return made.ticks(count);
  const [from, to] = domain.map((value) => Math.log10(value)) as [number, number];
  const every = Math.max(1, Math.ceil((to - from) / count));
  const powers: number[] = [];
  for (let exponent = Math.ceil(from - 1e-9); exponent <= to + 1e-9; exponent += every)
    powers.push(10 ** exponent);
  return powers;
}

function formatOf({format, scale}: Axis): (value: number) => string {
  return format ?? (scale === 'log' ? power : plain);
}

function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(exponent) <= 2) return plain(value);
  return `1e${exponent < 0 ? '−' : ''}${Math.abs(exponent)}`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}
