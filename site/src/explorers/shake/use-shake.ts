/** Two networks that are moved out of their minima by the same distance: what both say, and the curves along the way. */
import {type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect} from '@preact/signals';
import {useMemo, useRef} from 'preact/hooks';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {networkOf} from '../data/networks.ts';
import {type PlanePoints, pointsOf} from '../data/points.ts';
import {useExperiment} from '../data/use-experiment.ts';
import type {DirectionKind} from '../engine/calls/direction.ts';
import type {WalkValue} from '../engine/calls/walk.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import type {Problem} from '../engine/problem.ts';
import type {BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {FLASH, Flips} from './flips.ts';
import {type DistanceScale, distanceAt, measuredDistances} from './places.ts';

/** Points a side at rest, and the least while moving. */
const RESTING = 140;
const COARSEST = 40;
/** Milliseconds that both boundaries together may take of a frame of 16.7. */
const BUDGET = 11;
const REST = 160;

export interface Shaken {
  readonly picture: BoundaryPicture;
  readonly flipped: readonly number[];
  readonly ringed: Uint8Array;
  /** Cross-entropy of the training points. */
  readonly loss: number;
  readonly accuracy: number;
}

export interface ShakeView {
  readonly place: number;
  readonly distance: number;
  readonly networks: readonly Shaken[];
  /** Frames of this direction so far. */
  readonly frame: number;
}

interface Walks {
  readonly halfWidth: number;
  readonly problem: Problem;
  readonly walks: readonly {readonly theta: Float32Array; readonly direction: Float32Array}[];
  readonly flips: readonly Flips[];
}

interface Options {
  readonly experiment: string;
  /** Poison factors of the networks. */
  readonly factors: readonly number[];
  readonly seed: ReadonlySignal<number>;
  readonly kind: ReadonlySignal<DirectionKind>;
  readonly draw: ReadonlySignal<number>;
  readonly scale: ReadonlySignal<DistanceScale>;
  readonly place: ReadonlySignal<number>;
  readonly playing: ReadonlySignal<boolean>;
  readonly reduced: boolean;
  readonly status: Signal<string>;
}

export interface ShakeState {
  /** Weights that move in relative coordinates. */
  readonly dimension: ReadonlySignal<number | null>;
  /** Half the side of the boundaries' square. */
  readonly halfWidth: ReadonlySignal<number>;
  readonly points: ReadonlySignal<PlanePoints | null>;
  readonly view: ReadonlySignal<ShakeView | null>;
  readonly curves: ReadonlySignal<readonly (WalkValue | null)[]>;
}

export function useShake(options: Options): ShakeState {
  const {experiment: name, factors, seed, kind, draw, scale, place, playing, reduced, status} = options;
  const experiment = useExperiment(name, status);
  const walks = useSignal<Walks | null>(null);
  const view = useSignal<ShakeView | null>(null);
  const curves = useSignal<readonly (WalkValue | null)[]>(factors.map(() => null));
  const points = useComputed(() =>
    experiment.value === null ? null : pointsOf(experiment.value.dataset, seed.value),
  );
  const size = useRef(64);

  // Another direction: from the minimum, along it.
  useSignalEffect(() => {
    const loaded = experiment.value;
    if (loaded === null) return;
    const wanted = {seed: seed.value, kind: kind.value, draw: draw.value};
    const controller = new AbortController();
    const slow = setTimeout(() => {
      status.value = wanted.kind === 'eigenvector' ? 'Searching the direction of the sharpest bend …' : '';
    }, 200);
    const begin = async (): Promise<void> => {
      try {
        walks.value = await prepare(loaded, factors, wanted, controller.signal);
        status.value = '';
      } catch (error) {
        if (!controller.signal.aborted) status.value = (error as Error).message;
      } finally {
        clearTimeout(slow);
      }
    };
    void begin();
    return () => controller.abort();
  });

  // The curves, both networks at once.
  useSignalEffect(() => {
    const [made, along] = [walks.value, scale.value];
    curves.value = factors.map(() => null);
    if (made === null) return;
    const controller = new AbortController();
    const distances = measuredDistances(along);
    const put = (i: number, value: WalkValue): void => {
      if (!controller.signal.aborted) curves.value = curves.peek().map((old, k) => (k === i ? value : old));
    };
    made.walks.forEach((walk, i) => {
      ask(
        'walk',
        {problem: made.problem, ...walk, distances},
        {signal: controller.signal, onProgress: (value) => put(i, value)},
      ).then(
        (value) => put(i, value),
        (error: Error) => {
          if (!controller.signal.aborted) status.value = error.message;
        },
      );
    });
    return () => controller.abort();
  });

  const show = useMemo(
    () =>
      coalesced(async (made: Walks, at: number, distance: number, side: number | null) => {
        try {
          const started = performance.now();
          const {problem, halfWidth} = made;
          const values = await ask('shaken', {
            problem,
            walks: made.walks,
            distance,
            halfWidth,
            size: side ?? size.current,
          });
          if (made !== walks.peek()) return;
          const now = performance.now();
          if (side === null) size.current = adapted(size.current, now - started);
          view.value = {
            place: at,
            distance,
            frame: (view.peek()?.frame ?? 0) + 1,
            networks: values.map(({logits, atPoints}, i) => ({
              picture: {logits, size: side ?? Math.sqrt(logits.length), atPoints},
              ...(made.flips[i] as Flips).update(atPoints, now),
              ...scoresOf(atPoints, problem.labels),
            })),
          };
        } catch (error) {
          status.value = (error as Error).message;
        }
      }),
    [],
  );

  // The pictures: coarse while they move, fine at rest, and once more when the flashes are over.
  useSignalEffect(() => {
    const [made, at, along, moving] = [walks.value, place.value, scale.value, playing.value];
    if (made === null) return;
    const distance = distanceAt(at, along);
    show(made, at, distance, null);
    if (moving && !reduced) return;
    const timers = [setTimeout(() => show(made, at, distance, RESTING), REST)];
    if (!reduced) timers.push(setTimeout(() => show(made, at, distance, RESTING), REST + FLASH + 100));
    return () => timers.forEach((timer) => clearTimeout(timer));
  });
  const dimension = useComputed(() => experiment.value?.dimension ?? null);
  const halfWidth = useComputed(() => experiment.value?.halfWidth ?? 1);
  return {dimension, halfWidth, points, view, curves};
}

async function prepare(
  loaded: ExplorerExperiment,
  factors: readonly number[],
  {seed, kind, draw}: {readonly seed: number; readonly kind: DirectionKind; readonly draw: number},
  signal: AbortSignal,
): Promise<Walks> {
  const {inputs, labels} = pointsOf(loaded.dataset, seed).train;
  const {hidden, halfWidth} = loaded;
  const problem: Problem = {hidden, inputs, labels};
  const thetas = await Promise.all(factors.map((factor) => networkOf(loaded, seed, factor)));
  const walks = await Promise.all(
    thetas.map(async (theta, i) => {
      // The other end of the sweep.
      const twin = thetas[thetas.length - 1 - i] as Float32Array;
      const direction = await ask('direction', {problem, theta, kind, draw: [seed, draw], twin}, {signal});
      return {theta, direction};
    }),
  );
  const still = await ask('shaken', {problem, walks, distance: 0, halfWidth, size: 2}, {signal});
  return {
    halfWidth,
    problem,
    walks,
    flips: still.map(({atPoints}) => new Flips(atPoints)),
  };
}

/** As fine as can be drawn in time. */
function adapted(size: number, took: number): number {
  const next = size * Math.sqrt(Math.max(0.5, Math.min(1.3, BUDGET / took)));
  return Math.round(Math.max(COARSEST, Math.min(100, 0.7 * size + 0.3 * next)));
}

function scoresOf(
  odds: Float32Array,
  labels: ArrayLike<number>,
): {readonly loss: number; readonly accuracy: number} {
  let [loss, right] = [0, 0];
  for (let i = 0; i < odds.length; i++) {
    const own = (labels[i] === 1 ? 1 : -1) * (odds[i] as number);
    loss += Math.max(0, -own) + Math.log1p(Math.exp(-Math.abs(own)));
    if ((odds[i] as number) > 0 === (labels[i] === 1)) right++;
  }
  return {loss: loss / odds.length, accuracy: right / odds.length};
}
