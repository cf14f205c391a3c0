/** One minimum: its boundary, its numbers, and the loss around it. */
import type {Signal} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import type {PlaneMark} from '../engine/calls/plane.ts';
import {BoundaryCanvas, type PlanePointSet} from '../ui/boundary-canvas.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {BoundaryStill} from './boundary-still.tsx';
import {LossPicture} from './loss-picture.tsx';
import {percentage, shortNumber} from '../data/format.ts';
import type {Side} from './planes.ts';
import {type SurfaceStill, levelsFrom} from './still.ts';

interface Props {
  readonly name: 'good' | 'bad';
  readonly side: Side;
  readonly still: SurfaceStill | undefined;
  readonly points: PlanePointSet | null;
  /** Half the side of the boundary's square. */
  readonly halfWidth: number;
  readonly marks: readonly PlaneMark[];
  readonly half: number;
  readonly relief: boolean;
  readonly turn: Signal<number>;
  readonly tilt: Signal<number>;
  readonly x: Signal<number>;
  readonly y: Signal<number>;
  readonly onNoRelief: () => void;
}

export function MinimumPanel({name, side, still, points, halfWidth, half, relief, x, y, ...view}: Props) {
  const ball = side.ball.value;
  const first = useMemo(
    () =>
      still === undefined ? null : {size: still.size, levels: levelsFrom(still.surface), half: still.half},
    [still],
  );
  const grid = side.grid.value;
  const label = `Decision boundary of the ${name} network where the ball is.`;
  const readouts = [
    {name: 'loss', alias: 'xent', value: ball === null ? '–' : shortNumber(ball.train.loss, 4)},
    {name: 'training accuracy', alias: 'acc', value: ball === null ? '–' : percentage(ball.train.accuracy)},
    {name: 'test accuracy', value: ball === null ? '–' : percentage(ball.test.accuracy)},
    {name: 'distance, relative radius', value: shortNumber(half * Math.hypot(x.value, y.value))},
  ];
  return (
    <div class="surface-minimum" data-minimum={name}>
      <div class="surface-above">
        {ball === null ? (
          <BoundaryStill still={still} label={label} />
        ) : (
          <BoundaryCanvas label={label} picture={ball.picture} halfWidth={halfWidth} points={points} />
        )}
        <Readouts items={readouts} />
      </div>
      <LossPicture
        label={`Loss around the ${name} minimum.`}
        grid={grid ?? first}
        live={grid !== null}
        relief={relief && grid !== null}
        x={x}
        y={y}
        {...view}
      />
    </div>
  );
}
