/** One loss surface with its ball: a relief that turns, or contours. */
import type {Signal} from '@preact/signals';
import {useLayoutEffect, useRef} from 'preact/hooks';
import type {PlaneMark} from '../engine/calls/plane.ts';
import {useWidth} from '../ui/use-width.ts';
import {Contours} from './contours.tsx';
import type {LossGrid} from './planes.ts';
import {ReliefPicture} from './relief-picture.tsx';
import {type Place, placesOf} from './places.ts';

interface Props {
  /** What is shown, for those who do not see it. */
  readonly label: string;
  readonly grid: LossGrid | null;
  /** Computed here; false for what the records say. */
  readonly live: boolean;
  readonly marks: readonly PlaneMark[];
  readonly relief: boolean;
  /** Turn of the relief, in degrees. */
  readonly turn: Signal<number>;
  readonly tilt: Signal<number>;
  /** Place of the ball, from −1 to 1. */
  readonly x: Signal<number>;
  readonly y: Signal<number>;
  /** The browser draws no relief after all. */
  readonly onNoRelief: () => void;
}

/** Height as a share of the width; nothing shifts when another view is chosen. */
const RATIO = 0.74;

export const TILT = {min: 15, max: 80} as const;

/** Pixels around the ball that take hold of it. */
const GRIP = 24;

export function LossPicture({label, grid, live, marks, relief, turn, tilt, x, y, onNoRelief}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 400);
  // None while the panel is hidden behind a switch.
  const size = {width: width || 400, height: Math.round((width || 400) * RATIO)};
  const view = {turn: (turn.value * Math.PI) / 180, tilt: (tilt.value * Math.PI) / 180};
  const places = placesOf({grid, relief, view, frame: size});
  const ball = places.at(x.value, y.value);
  // An element of its own, for browsers ask those whether a finger on them scrolls the page.
  const grip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    grip.current?.style.setProperty('transform', `translate(${ball.left - GRIP}px, ${ball.top - GRIP}px)`);
  }, [ball.left, ball.top]);
  const held = useRef<{readonly what: 'ball' | 'view'; left: number; top: number} | null>(null);
  const moveTo = ([left, top]: Place): void => {
    const [toX, toY] = places.under(left, top);
    x.value = rounded(toX);
    y.value = rounded(toY);
  };
  const spot = (event: PointerEvent & {readonly currentTarget: Element}): Place => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  return (
    <div
      ref={frame}
      class="surface-picture"
      role="application"
      tabIndex={0}
      aria-label={`${label} ${relief ? RELIEF_KEYS : CONTOUR_KEYS}`}
      data-view={relief ? 'relief' : 'contours'}
      data-size={live ? grid?.size : 0}
      onPointerDown={(event) => {
        const [left, top] = spot(event);
        const near = Math.hypot(left - ball.left, top - ball.top) <= GRIP;
        // A finger that scrolls the page must not move anything: it takes hold of the ball alone, or taps.
        if (!relief && !near && event.pointerType === 'touch') return;
        held.current = {what: near || !relief ? 'ball' : 'view', left, top};
        event.currentTarget.setPointerCapture(event.pointerId);
        if (!relief) moveTo([left, top]);
      }}
      onPointerMove={(event) => {
        const now = held.current;
        if (now === null || event.buttons === 0) return;
        const [left, top] = spot(event);
        if (now.what === 'ball') moveTo([left, top]);
        else {
          turn.value = wrapped(turn.value + (left - now.left) * 0.5);
          if (event.pointerType !== 'touch') tilt.value = tilted(tilt.value + (top - now.top) * 0.35);
        }
        now.left = left;
        now.top = top;
      }}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
      onClick={(event) => {
        if (!relief && (event as unknown as PointerEvent).pointerType === 'touch')
          moveTo(spot(event as unknown as PointerEvent & {readonly currentTarget: Element}));
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Home') {
          x.value = 0;
          y.value = 0;
          event.preventDefault();
          return;
        }
        const step = ARROWS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const [right, up] = step;
        if (relief && !event.shiftKey) {
          turn.value = wrapped(turn.value + 6 * right);
          tilt.value = tilted(tilt.value + 4 * up);
          return;
        }
        const far = !relief && event.shiftKey ? 0.2 : 0.04;
        x.value = rounded(x.value + right * far);
        y.value = rounded(y.value + up * far);
      }}
    >
      {relief && grid !== null && width > 0 ? (
        <ReliefPicture grid={grid} view={view} frame={size} onLost={onNoRelief} />
      ) : null}
      <svg class="surface-overlay" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {relief ? null : <Contours grid={grid} frame={size} />}
        {grid === null
          ? null
          : places.labels.map(({text, left, top, anchor}, i) => (
              <text key={i} x={left} y={top} text-anchor={anchor} class="surface-axis">
                {text}
              </text>
            ))}
        {grid === null
          ? null
          : marks.map(({name, at: [a, b]}) => {
              const [toX, toY] = [a / grid.half, b / grid.half];
              if (Math.abs(toX) > 1 || Math.abs(toY) > 1) return null;
              const {left, top} = places.at(toX, toY);
              return (
                <g key={name} class="surface-mark" transform={`translate(${left},${top})`}>
                  <path d="M0,-6 6,0 0,6 -6,0Z" />
                  <text
                    x={name === 'twin' ? 9 : -9}
                    dy="0.35em"
                    text-anchor={name === 'twin' ? 'start' : 'end'}
                  >
                    {name === 'twin' ? 'the other minimum' : 'start'}
                  </text>
                </g>
              );
            })}
        <g class="surface-ball" data-hidden={ball.hidden} transform={`translate(${ball.left},${ball.top})`}>
          <circle r="7.5" class="surface-ball-body" />
          <circle r="2.4" cx="-2.4" cy="-2.6" class="surface-ball-shine" />
        </g>
      </svg>
      <div ref={grip} class="surface-grip" />
    </div>
  );
}

const RELIEF_KEYS = 'Arrow keys turn it, with Shift they move the ball; Home brings the ball back.';
const CONTOUR_KEYS = 'Arrow keys move the ball, with Shift farther; Home brings it back.';

const ARROWS: Readonly<Record<string, readonly [number, number] | undefined>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Thousandths of the half width: what an address keeps. */
function rounded(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 1000) / 1000;
}

function wrapped(degrees: number): number {
  return Math.round((((degrees % 360) + 360) % 360) * 10) / 10;
}

function tilted(degrees: number): number {
  return Math.round(Math.min(TILT.max, Math.max(TILT.min, degrees)) * 10) / 10;
}
