/** Surface and pit: the loss around both minima under their boundaries; drag the ball, turn the plane, zoom. */
import {useComputed, useSignal} from '@preact/signals';
import {useEffect, useMemo} from 'preact/hooks';
import {pointsOf} from '../data/points.ts';
import {useExperiment} from '../data/use-experiment.ts';
import type {PlaneKind} from '../engine/calls/plane.ts';
import {numberCodec, wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {Choice} from '../ui/choice.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Select} from '../ui/select.tsx';
import {LossLegend} from './loss-legend.tsx';
import {TILT} from './loss-picture.tsx';
import {MinimumPanel} from './minimum-panel.tsx';
import {shortNumber} from '../data/format.ts';
import {PLANE_NAMES, PitTable} from './pit-table.tsx';
import {PlaneNote} from './plane-note.tsx';
import {type Pair, newSide, usePlanes} from './planes.ts';
import type {SurfaceStill} from './still.ts';
import {useSurfaces} from './use-surfaces.ts';
import './surface.css';

interface Props {
  readonly experiment: string;
  readonly levels: readonly number[];
  readonly seeds: readonly number[];
  /** Both minima as their records have them. */
  readonly stills: readonly SurfaceStill[];
}

const PLANE_KINDS: readonly PlaneKind[] = ['random', 'sharpest', 'twin'];

/** Decades of the half width, in relative radius. */
const ZOOM = {min: -2.5, max: 2.8, step: 0.05} as const;

export function Surface({experiment: name, levels, seeds, stills}: Props) {
  const last = levels.length - 1;
  const kind = useUrlState<PlaneKind>('surface.plane', 'random', wordCodec(PLANE_KINDS));
  const draw = useUrlState('surface.draw', 1, wholeCodec(1, 1e6));
  const zoom = useUrlState('surface.zoom', 0, numberCodec(ZOOM.min, ZOOM.max));
  const scale = useUrlState('surface.scale', 'one', wordCodec(['one', 'own']));
  const view = useUrlState('surface.view', 'relief', wordCodec(['relief', 'contours']));
  const turn = useUrlState('surface.turn', 28, numberCodec(0, 360, 4));
  const tilt = useUrlState('surface.tilt', 36, numberCodec(TILT.min, TILT.max, 3));
  const x = useUrlState('surface.x', 0, numberCodec(-1, 1, 3));
  const y = useUrlState('surface.y', 0, numberCodec(-1, 1, 3));
  const seed = useUrlState('surface.seed', seeds[0] ?? 1, wholeCodec(1, Math.max(...seeds)));
  const level = useUrlState('surface.level', last, wholeCodec(1, last));
  const status = useSignal('');
  const noRelief = useSignal(false);
  const alive = useSignal(false);
  useEffect(() => {
    alive.value = true;
  }, []);

  const experiment = useExperiment(name, status);
  const choice = useComputed(() => ({
    seed: seed.value,
    level: level.value,
    kind: kind.value,
    draw: draw.value,
  }));
  const {slices, known} = usePlanes(experiment, choice, status);
  const halves = useComputed((): Pair<number> => {
    const half = 10 ** zoom.value;
    const [good, bad] = slices.value?.map(({pit}) => pit) ?? [];
    return [half, scale.value === 'own' && good && bad ? (half * bad.mean) / good.mean : half];
  });
  const sides = useMemo((): Pair<ReturnType<typeof newSide>> => [newSide(), newSide()], []);
  useSurfaces(sides, {experiment, seed, slices, halves, x, y, status});
  const points = useMemo(
    () => (experiment.value === null ? null : pointsOf(experiment.value.dataset, seed.value).train),
    [experiment.value, seed.value],
  );
  const relief = alive.value && view.value === 'relief' && !noRelief.value;
  const panel = (i: 0 | 1) => (
    <MinimumPanel
      name={i === 0 ? 'good' : 'bad'}
      side={sides[i]}
      still={stills[i]}
      points={points}
      halfWidth={experiment.value?.halfWidth ?? 1}
      marks={slices.value?.[i].plane.marks ?? []}
      half={halves.value[i]}
      relief={relief}
      turn={turn}
      tilt={tilt}
      x={x}
      y={y}
      onNoRelief={() => {
        noRelief.value = true;
      }}
    />
  );
  return (
    <ExplorerFrame
      id="explore-surface"
      title="Surface and pit"
      status={status.value}
      hint={<Hint noRelief={noRelief.value} />}
      controls={
        <>
          <Choice label="Plane through each minimum" value={kind} options={PLANE_NAMES} />
          <Range
            label="Half width, relative radius"
            value={zoom}
            {...ZOOM}
            text={() => {
              const [good, bad] = halves.value.map((half) => `± ${shortNumber(half)}`);
              return good === bad ? String(good) : `good ${good}, bad ${bad}`;
            }}
          />
          <Choice
            label="Scale"
            value={scale}
            options={[
              {value: 'one', label: 'One for both'},
              {value: 'own', label: 'Each its own'},
            ]}
          />
          <Range label="Ball along a" value={x} min={-1} max={1} step={0.001} text={onAxis(halves.value)} />
          <Range label="Ball along b" value={y} min={-1} max={1} step={0.001} text={onAxis(halves.value)} />
          <Choice
            label="Picture"
            value={view}
            options={[
              {value: 'relief', label: 'Relief'},
              {value: 'contours', label: 'Contours'},
            ]}
          />
          <div class="surface-selects">
            <Select
              label="Seed"
              value={seed}
              options={seeds.map((value) => ({value, label: String(value)}))}
            />
            <Select
              label="Poison of the bad one"
              value={level}
              options={levels.flatMap((beta, value) => (value === 0 ? [] : [{value, label: `β = ${beta}`}]))}
            />
          </div>
          <div class="explorer-buttons">
            <button
              type="button"
              class="explorer-button"
              disabled={kind.value !== 'random'}
              onClick={() => {
                draw.value += 1;
              }}
            >
              Another plane
            </button>
            <button
              type="button"
              class="explorer-button"
              onClick={() => {
                x.value = 0;
                y.value = 0;
              }}
            >
              Ball back
            </button>
          </div>
        </>
      }
    >
      <Panels
        label="Which minimum"
        panels={[
          {title: 'Good minimum', content: panel(0)},
          {title: 'Bad minimum', content: panel(1)},
        ]}
      />
      <div class="surface-below">
        <div>
          <LossLegend />
          <PlaneNote choice={choice.value} slices={slices.value} />
        </div>
        <PitTable choice={choice.value} known={known.value} />
      </div>
    </ExplorerFrame>
  );
}

/** Where the ball is along an axis, in relative radius. */
function onAxis([good, bad]: Pair<number>): (share: number) => string {
  return (share) =>
    good === bad || share === 0
      ? shortNumber(share * good)
      : `good ${shortNumber(share * good)}, bad ${shortNumber(share * bad)}`;
}

function Hint({noRelief}: {readonly noRelief: boolean}) {
  return (
    <>
      <p>
        <strong>Drag the ball</strong> across the floor of the good valley, then look at what the same step
        does to the bad network: its boundary breaks at once. Zoom in until the bad pit fills its square. Then
        change the plane: the same two minima look wide or narrow, alike or worlds apart, and no one slice of
        a space of thousands of dimensions tells which is so.{' '}
        {noRelief ? 'This browser draws no relief, so contours stand in.' : ''}
      </p>
      <p>
        Distances are in relative radius: at √n of it, with n weights, each filter is moved by about its own
        length. Two directions of random weights miss nearly all that is sharp; the two sharpest miss all that
        is wide.
      </p>
    </>
  );
}
