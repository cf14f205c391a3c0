import {type Signal, useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {Bet, type BetStage} from './bet.tsx';
import {type Axis, Chart, type Series} from './chart.tsx';
import {drawThrough} from './draw-through.ts';

interface Props {
  readonly question: ComponentChildren;
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly stage: Signal<BetStage>;
  readonly x: Axis;
  readonly y: Axis;
  /** Where the reader says a value, rising. */
  readonly xs: readonly number[];
  /** What the reader has drawn, a value at each of `xs`; null where nothing was said yet. */
  readonly drawn: Signal<readonly (number | null)[]>;
  /** What was measured: shown once a bet was placed, or passed. */
  readonly measured: readonly Series[];
  readonly colour: string;
  readonly height: number;
  /** Name of a place on x, such as `β = 0.8`. */
  readonly placeText: (x: number) => string;
  readonly valueText: (y: number) => string;
}

/** Steps of the arrow keys from one end of y to the other. */
const STEPS = 40;

/**
 * A bet on a curve: drawn over the axes by mouse or finger, or said place by place with the keys, by sliders that only
 * screen readers and the keyboard's focus meet.
 */
export function CurveBet({
  question,
  label,
  stage,
  x,
  y,
  xs,
  drawn,
  measured,
  colour,
  height,
  placeText,
  valueText,
}: Props) {
  const focused = useSignal<number | null>(null);
  const last = useSignal<number | null>(null);
  const open = stage.value === 'open';
  const {up, down} = ofAxis(y);
  const points = xs.flatMap((at, i) => {
    const value = drawn.value[i] ?? null;
    return value === null ? [] : [[at, value] as const];
  });
  const bet: Series = {name: 'bet', colour, kind: 'line', points, ...(!open && {dash: '5 4'})};
  return (
    <div class="explorer-curve-bet">
      <Chart
        label={label}
        x={x}
        y={y}
        height={height}
        series={open ? [bet] : [bet, ...measured]}
        marks={points.map(([at, value]) => ({x: at, y: value, colour}))}
        cursor={focused.value === null ? undefined : xs[focused.value]}
        onPlace={
          open
            ? (at, value) => {
                const {values, index} = drawThrough(
                  xs,
                  drawn.value,
                  last.value,
                  at,
                  value,
                  x.scale === 'log' ? 'log' : 'linear',
                );
                drawn.value = values;
                last.value = index;
              }
            : undefined
        }
      />
      {open && (
        <>
          <div class="visually-hidden">
            {xs.map((at, i) => (
              <input
                key={at}
                type="range"
                aria-label={placeText(at)}
                min={0}
                max={STEPS}
                value={STEPS * down(drawn.value[i] ?? up(0.5))}
                aria-valuetext={drawn.value[i] === null ? 'nothing yet' : valueText(drawn.value[i] ?? 0)}
                onFocus={() => {
                  focused.value = i;
                  last.value = null;
                }}
                onBlur={() => {
                  focused.value = null;
                }}
                onInput={(event) => {
                  drawn.value = drawn.value.with(i, up(event.currentTarget.valueAsNumber / STEPS));
                }}
              />
            ))}
          </div>
          <Bet question={question} stage={stage} ready={points.length > 0}>
            <></>
          </Bet>
        </>
      )}
    </div>
  );
}

/** Between shares of an axis and its values. */
function ofAxis({domain: [from, to], scale}: Axis): {
  readonly up: (share: number) => number;
  readonly down: (value: number) => number;
} {
  if (scale === 'log') {
    return {
      up: (share) => from * (to / from) ** share,
      down: (value) => Math.log(value / from) / Math.log(to / from),
    };
  }
  return {up: (share) => from + (to - from) * share, down: (value) => (value - from) / (to - from)};
}
