/** One minimum: its boundary, its numbers, and the loss around it. */
import {useComputed, type Signal} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import type {PlaneMark} from '../engine/calls/plane.ts';
import {BoundaryCanvas, type PlanePointSet} from '../ui/boundary-canvas.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {BoundaryStill} from './boundary-still.tsx';
import {LossPicture} from './loss-picture.tsx';
import {percent, short} from './numbers.ts';
import type {Side} from './planes.ts';
import {type SurfaceStill, levelsFrom} from './still.ts';
import {BOUNDARY} from './use-surfaces.ts';

interface Props {
  readonly name: 'good' | 'bad';
  readonly side: Side;
  readonly still: SurfaceStill | undefined;
  readonly points: PlanePointSet | null;
  readonly marks: readonly PlaneMark[];
  readonly half: number;
  readonly relief: boolean;
  readonly turn: Signal<number>;
  readonly tilt: Signal<number>;
  readonly x: Signal<number>;
  readonly y: Signal<number>;
  readonly onNoRelief: () => void;
}

export function MinimumPanel({name, side, still, points, half, relief, x, y, ...view}: Props) {
  const ball = side.ball.value;
  const picture = useComputed(() => {
    const now = side.ball.value;
    return now === null ? null : {logits: now.logits, size: BOUNDARY.size, atPoints: now.atTrain};
  });
  const first = useMemo(
    () =>
      still === undefined ? null : {size: still.size, levels: levelsFrom(still.surface), half: still.half},
    [still],
  );
  const grid = side.grid.value;
  const label = `Decision boundary of the ${name} network where the ball is.`;
  const readouts = [
    {name: 'loss', alias: 'xent', value: ball === null ? '–' : short(ball.loss, 4)},
    {name: 'training accuracy', alias: 'acc', value: ball === null ? '–' : percent(ball.trainAccuracy)},
    {name: 'test accuracy', value: ball === null ? '–' : percent(ball.testAccuracy)},
    {name: 'distance, relative radius', value: short(half * Math.hypot(x.value, y.value))},
  ];
  return (
    <div class="surface-minimum" data-minimum={name}>
      <div class="surface-above">
        {ball === null ? (
          <BoundaryStill still={still} label={label} />
        ) : (
          <BoundaryCanvas
            label={label}
            picture={picture.value}
            halfWidth={BOUNDARY.halfWidth}
            points={points}
          />
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
