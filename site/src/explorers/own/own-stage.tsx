/** The pictures: the plane with the boundary, the curves, and the scatter that the result is put into. */
import type {ReadonlySignal, Signal} from '@preact/signals';
import type {LearningCurves} from '@minefield/training';
import {BoundaryCanvas, type BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {Choice} from '../ui/choice.tsx';
import {Panels} from '../ui/panels.tsx';
import {HALF_WIDTH, type OwnPoints} from './own-data.ts';
import {OwnCurves} from './own-curves.tsx';
import {type OwnDot, OwnScatter, type SweepDot} from './own-scatter.tsx';
import {PaintArea} from './paint-area.tsx';
import {MOST_POINTS, type PaintedPoint} from './paint.ts';

export interface Painting {
  readonly points: Signal<readonly PaintedPoint[]>;
  readonly label: Signal<0 | 1>;
  readonly onStroke: () => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

interface Props {
  readonly points: OwnPoints;
  readonly picture: ReadonlySignal<BoundaryPicture | null>;
  readonly curves: LearningCurves | undefined;
  readonly steps: number;
  readonly sweep: readonly SweepDot[];
  readonly own: readonly OwnDot[];
  /** null where nothing is painted. */
  readonly painting: Painting | null;
  /** Whether script has taken over: until then points are drawn in the page itself. */
  readonly live: boolean;
}

export function OwnStage({points, picture, curves, steps, sweep, own, painting, live}: Props) {
  return (
    <Panels
      label="What is shown"
      panels={[
        {
          title: 'Boundary',
          content: (
            <>
              <div class="own-plane">
                <BoundaryCanvas
                  label={`Boundary of your network, and its ${points.labels.length} training points`}
                  picture={picture.value}
                  halfWidth={HALF_WIDTH}
                  points={points}
                />
                {!live && <StillPoints {...points} />}
                {painting !== null && live && <PaintArea {...painting} />}
              </div>
              {painting !== null && <PaintTools {...painting} />}
            </>
          ),
        },
        {title: 'Curves', content: <OwnCurves curves={curves} steps={steps} />},
        {title: 'Volume and gap', content: <OwnScatter sweep={sweep} own={own} />},
      ]}
    />
  );
}

function PaintTools({points, label, onUndo, onClear}: Painting) {
  return (
    <div class="own-tools">
      <Choice
        label="Class to paint"
        value={label}
        options={[
          {value: 0, label: 'purple'},
          {value: 1, label: 'teal'},
        ]}
      />
      <div class="explorer-buttons">
        <button type="button" class="explorer-button" disabled={points.value.length === 0} onClick={onUndo}>
          Undo
        </button>
        <button type="button" class="explorer-button" disabled={points.value.length === 0} onClick={onClear}>
          Clear
        </button>
        <span class="own-count">
          {points.value.length} of {MOST_POINTS}
        </span>
      </div>
    </div>
  );
}

/** The points as two strokes of dots, for pages without script. */
function StillPoints({inputs, labels}: OwnPoints) {
  const dots = (label: number): string => {
    let path = '';
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== label) continue;
      const [x, y] = [inputs[2 * i] as number, inputs[2 * i + 1] as number];
      path += `M${(50 + (50 * x) / HALF_WIDTH).toFixed(1)} ${(50 - (50 * y) / HALF_WIDTH).toFixed(1)}h0`;
    }
    return path;
  };
  return (
    <svg class="own-still" viewBox="0 0 100 100" aria-hidden="true">
      <path class="own-still-0" d={dots(0)} />
      <path class="own-still-1" d={dots(1)} />
    </svg>
  );
}
