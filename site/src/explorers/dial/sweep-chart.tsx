/** One measured quantity against the poison: all networks as dots, and the one that is looked at. */
import {poisonColour} from '@minefield/figures';
import {scaleLinear, scaleLog} from 'd3-scale';
import {memo} from 'preact/compat';
import {useRef} from 'preact/hooks';
import type {ExplorerRun} from '../data/experiment.ts';
import {useWidth} from '../ui/use-width.ts';
import {type Quantity, poisonTicks} from './sweep.ts';

interface Props {
  readonly quantity: Quantity;
  readonly runs: readonly ExplorerRun[];
  readonly levels: readonly number[];
  readonly seed: number;
  readonly level: number;
  readonly height: number;
  /** What the network that is looked at has, as text. */
  readonly value: string;
  readonly onLevel: (level: number) => void;
}

const MARGIN = {top: 8, right: 7, bottom: 19, left: 41};

export function SweepChart({quantity, runs, levels, seed, level, height, value, onLevel}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  /** 0 where it is not on the screen, as on phones behind their switch: nothing is drawn there. */
  const width = useWidth(frame, 0);
  const last = Math.max(1, levels.length - 1);
  const across = (at: number): number =>
    MARGIN.left + 4 + (at / last) * Math.max(20, width - MARGIN.left - MARGIN.right - 8);
  const up = upOf(quantity, height);
  const place = (event: PointerEvent & {readonly currentTarget: Element}): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const at = Math.round(((x - across(0)) / (across(last) - across(0))) * last);
    onLevel(Math.max(0, Math.min(last, at)));
  };
  const run = runs.find((one) => one.seed === seed && one.poisonFactor === levels[level]);
  const here = run === undefined ? null : quantity.of(run);
  return (
    <div class="dial-chart" ref={frame}>
      <p>
        <span>{quantity.name}</span> <b>{value}</b>
      </p>
      <svg
        role="img"
        aria-label={`${quantity.name}, ${quantity.unit}, of each network against the poison factor`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          place(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons > 0) place(event);
        }}
      >
        <rect width={width} height={height} fill="transparent" />
        {width > 0 && <Dots {...{quantity, runs, levels, seed, width, height}} />}
        <line
          class="explorer-cursor"
          x1={across(level)}
          x2={across(level)}
          y1={MARGIN.top - 4}
          y2={height - MARGIN.bottom}
        />
        {here !== null && <circle class="explorer-mark dial-mark" cx={across(level)} cy={up(here)} r="5" />}
      </svg>
    </div>
  );
}

type DotsProps = Pick<Props, 'quantity' | 'runs' | 'levels' | 'seed' | 'height'> & {readonly width: number};

/** What stays while the cursor moves: one path a level, whose points are drawn by round ends of lines without length. */
const Dots = memo(function Dots({quantity, runs, levels, seed, width, height}: DotsProps) {
  const last = Math.max(1, levels.length - 1);
  const [left, right] = [MARGIN.left + 4, Math.max(MARGIN.left + 24, width - MARGIN.right - 4)];
  const across = (at: number): number => left + (at / last) * (right - left);
  const up = upOf(quantity, height);
  const bottom = height - MARGIN.bottom;
  const dotsOf = (level: number): string =>
    runs
      .filter(({poisonFactor}) => poisonFactor === levels[level])
      .map((run) => quantity.of(run))
      .filter((value) => value !== null)
      .map((value) => `M${across(level).toFixed(1)},${up(value).toFixed(1)}h0`)
      .join('');
  const own = levels.flatMap((factor, level) => {
    const run = runs.find((one) => one.seed === seed && one.poisonFactor === factor);
    const value = run === undefined ? null : quantity.of(run);
    return value === null ? [] : [`${across(level).toFixed(1)},${up(value).toFixed(1)}`];
  });
  return (
    <>
      <g class="explorer-axis">
        {quantity.ticks.map((tick) => (
          <g key={tick} transform={`translate(0,${up(tick)})`}>
            <line x1={MARGIN.left} x2={width - MARGIN.right} class="explorer-grid" />
            <text x={MARGIN.left - 5} dy="0.32em" text-anchor="end">
              {quantity.format(tick)}
            </text>
          </g>
        ))}
        {poisonTicks(levels)
          .filter((_, i) => i === 0 || i % 2 === 0 || width > 260)
          .map(({at, label}) => (
            <text key={label} x={across(at)} y={height - 4} text-anchor="middle">
              {label}
            </text>
          ))}
        <line x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom} y2={bottom} />
      </g>
      {own.length > 1 && <path d={`M${own.join('L')}`} class="dial-own" />}
      {levels.map((_, level) => (
        <path key={level} d={dotsOf(level)} stroke={poisonColour(level / last)} class="dial-dots" />
      ))}
    </>
  );
});

function upOf({scale, domain}: Quantity, height: number): (value: number) => number {
  const made = (scale === 'log' ? scaleLog() : scaleLinear())
    .domain(domain)
    .range([height - MARGIN.bottom, MARGIN.top])
    .clamp(true);
  return (value) => made(value);
}
