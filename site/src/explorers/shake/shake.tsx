/** Shake the weights: a good and a bad minimum, moved by the same distance, until their boundaries break. */
import './shake.css';
import {palette} from '@minefield/figures';
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useMemo} from 'preact/hooks';
import {percent, poison, significant, whole} from '../../lib/format.ts';
import type {DirectionKind} from '../engine/calls/direction.ts';
import {wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {BoundaryCanvas} from '../ui/boundary-canvas.tsx';
import {Choice} from '../ui/choice.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {Select} from '../ui/select.tsx';
import {useReducedMotion} from '../ui/use-reduced-motion.ts';
import {Curves} from './curves.tsx';
import {type DistanceScale, REACH, STEPS, distanceAt, measuredDistances} from './places.ts';
import {usePlay} from './use-play.ts';
import {useShake} from './use-shake.ts';

interface Props {
  readonly experiment: string;
  /** Poison factors of the good and of the bad network. */
  readonly factors: readonly [number, number];
  readonly seeds: readonly number[];
  readonly children?: ComponentChildren;
}

const KINDS: readonly {readonly value: DirectionKind; readonly label: string}[] = [
  {value: 'filters', label: 'Random, filter-normalized'},
  {value: 'gaussian', label: 'Random Gaussian'},
  {value: 'eigenvector', label: 'Top Hessian eigenvector'},
  {value: 'twin', label: 'Towards the twin'},
];
const DRAWS = 999;
const colours = [palette.clean, palette.poisoned] as const;
const names = ['Good minimum', 'Bad minimum'] as const;

export function Shake({experiment, factors, seeds, children}: Props) {
  const kind = useUrlState('shake.direction', 'filters', wordCodec(KINDS.map(({value}) => value)));
  const draw = useUrlState('shake.draw', 1, wholeCodec(1, DRAWS));
  const seed = useUrlState('shake.seed', seeds[0] ?? 1, wholeCodec(1, Math.max(...seeds)));
  const scale = useUrlState<DistanceScale>('shake.scale', 'log', wordCodec(['log', 'linear']));
  const place = useUrlState('shake.place', 0, wholeCodec(0, STEPS));
  const playing = useSignal(false);
  const status = useSignal('');
  const reduced = useReducedMotion();
  const {dimension, halfWidth, points, view, curves} = useShake({
    experiment,
    factors,
    seed,
    kind,
    draw,
    scale,
    place,
    playing,
    reduced,
    status,
  });
  usePlay({place, playing, last: STEPS, reduced});
  const distance = distanceAt(place.value, scale.value);
  const distances = useMemo(() => measuredDistances(scale.value), [scale.value]);
  const bends = curves.value.map((curve) => curvatureNear(curve?.curvatures, distances, distance));
  const shown = view.value;
  const root = dimension.value;
  const random = kind.value === 'filters' || kind.value === 'gaussian';
  return (
    <ExplorerFrame
      id="explore-shake"
      title="Shake the weights"
      hint={
        <p>
          Press play, or drag the distance: both networks leave their minimum by the same distance, and the
          bad boundary breaks long before the good one moves. Points that change sides are ringed. Distances
          are relative: √n{root === null ? '' : ` ≈ ${Math.round(Math.sqrt(root))}`} would move every filter
          of the n{root === null ? '' : ` = ${whole(root)}`} weights by its own length.
        </p>
      }
      status={status.value}
      controls={
        <>
          <div class="shake-drive">
            <button
              type="button"
              class="explorer-button"
              data-primary
              onClick={() => {
                playing.value = !playing.value;
              }}
            >
              {playing.value ? 'Pause' : 'Play'}
            </button>
            <Range
              label="Relative distance"
              value={place}
              min={0}
              max={STEPS}
              text={(at) => distanceText(distanceAt(at, scale.value))}
            />
          </div>
          <div class="shake-choices">
            <Select label="Direction" value={kind} options={KINDS} />
            <button
              type="button"
              class="explorer-button"
              disabled={!random}
              onClick={() => {
                draw.value = (draw.value % DRAWS) + 1;
              }}
            >
              Another direction
            </button>
            <Choice
              label="Scale of distances"
              value={scale}
              options={[
                {value: 'log', label: 'Logarithmic'},
                {value: 'linear', label: 'Linear'},
              ]}
            />
            <Select
              label="Seed"
              value={seed}
              options={seeds.map((value) => ({value, label: String(value)}))}
            />
          </div>
        </>
      }
    >
      <div class="shake-stage">
        {shown === null || points.value === null ? (
          children
        ) : (
          <Panels
            label="Picture"
            panels={[
              {
                title: 'Boundaries',
                content: (
                  <div
                    class="shake-pair"
                    data-place={shown.place}
                    data-frame={shown.frame}
                    data-size={shown.networks[0]?.picture.size}
                  >
                    {shown.networks.map((network, i) => (
                      <div
                        key={names[i]}
                        data-network={i === 0 ? 'good' : 'bad'}
                        data-flipped={network.flipped.join(' ')}
                      >
                        <p class="shake-name">
                          <svg width="10" height="10" aria-hidden="true">
                            <circle cx="5" cy="5" r="5" fill={colours[i]} />
                          </svg>
                          {names[i]}, <i>β</i> = {poison(factors[i] ?? 0)}
                        </p>
                        <BoundaryCanvas
                          label={`Boundary of the ${i === 0 ? 'good' : 'bad'} network at a relative distance of ${distanceText(shown.distance)}: ${network.flipped.length} points have changed sides`}
                          picture={network.picture}
                          halfWidth={halfWidth.value}
                          points={points.value?.train ?? null}
                          ringed={network.ringed}
                        />
                        <Readouts
                          items={[
                            {name: 'loss', alias: 'xent', value: shortly(network.loss)},
                            {name: 'accuracy', alias: 'acc', value: percent(network.accuracy)},
                            {
                              name: 'curvature',
                              alias: 'curv',
                              value: bends[i] === undefined ? '…' : shortly(bends[i]),
                            },
                            {name: 'changed sides', value: String(network.flipped.length)},
                          ]}
                        />
                      </div>
                    ))}
                  </div>
                ),
              },
              {
                title: 'Curves',
                content: (
                  <Curves
                    scale={scale.value}
                    distance={distance}
                    distances={distances}
                    networks={names.map((name, i) => ({
                      name,
                      colour: colours[i] ?? palette.between,
                      loss: shown.networks[i]?.loss,
                      accuracy: shown.networks[i]?.accuracy,
                      curvature: bends[i],
                    }))}
                    curves={curves.value}
                    onDistance={(at) => {
                      place.value = placeOf(at, scale.value);
                    }}
                  />
                ),
              },
            ]}
          />
        )}
      </div>
    </ExplorerFrame>
  );
}

function distanceText(distance: number): string {
  return distance === 0 ? '0' : significant(distance, 2);
}

/** What is far below anything that matters here is called 0, whichever side it is on. */
function shortly(value: number): string {
  return Math.abs(value) < 1e-4 ? '≈ 0' : significant(value, 2);
}

/** The slider's place nearest to a distance. */
function placeOf(distance: number, scale: DistanceScale): number {
  const [from, to] = REACH[scale];
  const share = scale === 'linear' ? distance / to : Math.log(distance / from) / Math.log(to / from);
  return Math.max(0, Math.min(STEPS, Math.round(share * STEPS)));
}

/** Curvature at the measured place that is nearest; undefined where it is still to come. */
function curvatureNear(
  curvatures: Float64Array | undefined,
  distances: readonly number[],
  distance: number,
): number | undefined {
  let nearest = 0;
  distances.forEach((at, i) => {
    if (Math.abs(at - distance) < Math.abs((distances[nearest] ?? 0) - distance)) nearest = i;
  });
  const value = curvatures?.[nearest];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
