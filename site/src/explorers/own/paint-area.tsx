/** Where points are painted: by pointer or finger, and with the keyboard by a crosshair. */
import type {Signal} from '@preact/signals';
import {useSignal} from '@preact/signals';
import {HALF_WIDTH} from './own-data.ts';
import {type PaintedPoint, paintedWith, pointAt} from './paint.ts';

/** Least distance between points of one stroke, in units of the plane. */
const SPACING = 1.1;
/** How far an arrow key moves the crosshair; with Shift four times as far. */
const STEP = 0.5;

interface Props {
  readonly points: Signal<readonly PaintedPoint[]>;
  readonly label: Signal<0 | 1>;
  /** Called before the first point of a stroke. */
  readonly onStroke: () => void;
  readonly onUndo: () => void;
}

export function PaintArea({points, label, onStroke, onUndo}: Props) {
  const [across, up] = [useSignal(0), useSignal(0)];
  const focused = useSignal(false);
  const add = (x: number, y: number, spacing: number): void => {
    points.value = paintedWith(points.value, pointAt(x, y, label.value), spacing);
  };
  const paint = (event: PointerEvent & {readonly currentTarget: HTMLElement}): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = 1 - ((event.clientY - box.top) / box.height) * 2;
    if (Math.abs(x) > 1 || Math.abs(y) > 1) return;
    across.value = x * HALF_WIDTH;
    up.value = y * HALF_WIDTH;
    add(across.value, up.value, SPACING);
  };
  const press = (event: KeyboardEvent): void => {
    const far = STEP * (event.shiftKey ? 4 : 1);
    const clamp = (value: number): number => Math.max(-HALF_WIDTH, Math.min(HALF_WIDTH, value));
    if (event.key === 'ArrowLeft') across.value = clamp(across.value - far);
    else if (event.key === 'ArrowRight') across.value = clamp(across.value + far);
    else if (event.key === 'ArrowUp') up.value = clamp(up.value + far);
    else if (event.key === 'ArrowDown') up.value = clamp(up.value - far);
    else if (event.key === ' ' || event.key === 'Enter') {
      onStroke();
      add(across.value, up.value, 0.05);
    } else if (event.key === 'Backspace') onUndo();
    else return;
    event.preventDefault();
  };
  const [x, y] = [50 + (50 * across.value) / HALF_WIDTH, 50 - (50 * up.value) / HALF_WIDTH];
  return (
    <div
      class="own-paint"
      role="application"
      tabIndex={0}
      aria-label={
        `Painting ground, ${points.value.length} points. Arrow keys move the crosshair, Space sets a point of the ` +
        'chosen class, Backspace takes the last one away.'
      }
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onStroke();
        paint(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons > 0) paint(event);
      }}
      onKeyDown={press}
      onFocus={() => {
        focused.value = true;
      }}
      onBlur={() => {
        focused.value = false;
      }}
    >
      <svg viewBox="0 0 100 100" aria-hidden="true">
        {points.value.length === 0 && (
          <text x="50" y="51" text-anchor="middle">
            Paint here
          </text>
        )}
        {focused.value && (
          <g class="own-crosshair">
            <line x1={x - 3} x2={x + 3} y1={y} y2={y} />
            <line x1={x} x2={x} y1={y - 3} y2={y + 3} />
          </g>
        )}
      </svg>
    </div>
  );
}
