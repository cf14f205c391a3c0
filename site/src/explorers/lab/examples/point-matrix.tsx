/** Test points across, levels of poison down: who is right where. */
import {poison} from '../../../lib/format.ts';
import {palette} from '@minefield/figures';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {useAppearance} from '../../ui/use-appearance.ts';

interface Props {
  readonly label: string;
  readonly levels: readonly number[];
  /** For each level, whether each point is right; null where that is not known yet. */
  readonly right: readonly (ArrayLike<number> | null)[];
  /** Points in the order of the columns. */
  readonly order: readonly number[];
  /** Column and row that are chosen. */
  readonly column: number;
  readonly row: number;
  readonly onChoose: (column: number, row: number) => void;
}

/** Pixels of a row; columns are as wide as there is room. */
const ROW = 20;

export function PointMatrix({label, levels, right, order, column, row, onChoose}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const appearance = useAppearance();
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context) return;
    [element.width, element.height] = [Math.max(1, order.length), levels.length];
    const faint = getComputedStyle(element).color;
    for (const [y, flags] of right.entries()) {
      for (const [x, point] of order.entries()) {
        if (flags === null) continue;
        context.fillStyle = flags[point] === 1 ? faint : palette.error;
        context.fillRect(x, y, 1, 1);
      }
    }
    element.dataset['drawn'] = String(Number(element.dataset['drawn'] ?? 0) + 1);
  }, [right, order, levels, appearance]);
  const choose = (event: PointerEvent & {readonly currentTarget: Element}): void => {
    const {left, top, width, height} = event.currentTarget.getBoundingClientRect();
    const place = (at: number, length: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor((at / length) * count)));
    onChoose(
      place(event.clientX - left, width, order.length),
      place(event.clientY - top, height, levels.length),
    );
  };
  return (
    <div class="lab-matrix">
      <div class="lab-matrix-levels" aria-hidden="true">
        {levels.map((level, i) => (
          <span key={level} data-chosen={i === row}>
            {i === 0 || i === levels.length - 1 || i === row || (i % 4 === 0 && Math.abs(i - row) > 1)
              ? poison(level)
              : ''}
          </span>
        ))}
      </div>
      <div
        class="lab-matrix-cells"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          choose(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons > 0) choose(event);
        }}
      >
        <canvas ref={canvas} role="img" aria-label={label} />
        <svg
          aria-hidden="true"
          height={ROW * levels.length}
          viewBox={`0 0 ${Math.max(1, order.length)} ${levels.length}`}
          preserveAspectRatio="none"
        >
          <rect class="lab-cross" x="0" y={row} width={Math.max(1, order.length)} height="1" />
          <rect class="lab-cross" x={column} y="0" width="1" height={levels.length} />
        </svg>
      </div>
    </div>
  );
}
