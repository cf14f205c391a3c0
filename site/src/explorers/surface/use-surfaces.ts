/** Computes what is drawn: the loss over both slices, coarse to fine, and both networks at the ball. */
import {type ReadonlySignal, type Signal, useSignalEffect} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {pointsOf} from '../data/points.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import {lookAt} from '../engine/look-at.ts';
import {levelsOf} from './loss-scale.ts';
import {movedIn} from './moved-in.ts';
import type {Pair, Side, Slice} from './planes.ts';

/** Points a side; the last are those of the records of `surface`. Odd, so that the minimum is one of them. */
const SIZES = [9, 17, 33, 51] as const;

/** Milliseconds that a slider has to rest. */
const REST = 40;

export interface SurfaceInputs {
  readonly experiment: ReadonlySignal<ExplorerExperiment | null>;
  readonly seed: ReadonlySignal<number>;
  readonly slices: ReadonlySignal<Pair<Slice> | null>;
  /** Half the side of each square, in relative radius. */
  readonly halves: ReadonlySignal<Pair<number>>;
  /** Place of the ball, from −1 to 1 along both axes. */
  readonly x: ReadonlySignal<number>;
  readonly y: ReadonlySignal<number>;
  readonly status: Signal<string>;
}

export function useSurfaces(sides: Pair<Side>, inputs: SurfaceInputs): void {
  const {experiment, seed, slices, halves, x, y, status} = inputs;
  useSignalEffect(() => {
    const [pair, both] = [slices.value, halves.value];
    if (pair === null) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => void scan(pair, both, sides, status, controller.signal), REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });
  const followers = useMemo(() => sides.map((side) => coalesced(followInto(side))), [sides]);
  useSignalEffect(() => {
    const [loaded, pair, both] = [experiment.value, slices.value, halves.value];
    const [a, b, ofSeed] = [x.value, y.value, seed.value];
    if (loaded === null || pair === null) return;
    for (const [i, follow] of followers.entries())
      follow(loaded, ofSeed, pair[i as 0 | 1], a * both[i as 0 | 1], b * both[i as 0 | 1], status);
  });
}

async function scan(
  slices: Pair<Slice>,
  halves: Pair<number>,
  sides: Pair<Side>,
  status: Signal<string>,
  cancel: AbortSignal,
): Promise<void> {
  const scanOne = async (i: 0 | 1): Promise<void> => {
    const {problem, theta, plane} = slices[i];
    const {first, second, unit} = plane;
    const half = halves[i];
    const show = ({size, losses}: {readonly size: number; readonly losses: ArrayLike<number>}): void => {
      if (!cancel.aborted) sides[i].grid.value = {size, levels: levelsOf(losses), half};
    };
    const args = {problem, theta, first, second, maximum: half / unit, sizes: SIZES};
    show(await ask('surface', args, {signal: cancel, onProgress: show}));
  };
  try {
    await Promise.all([scanOne(0), scanOne(1)]);
    if (!cancel.aborted) status.value = '';
  } catch (error) {
    if (!cancel.aborted) status.value = (error as Error).message;
  }
}

/** The network at a step from the minimum, in relative radius along both axes. */
function followInto(side: Side) {
  return async (
    experiment: ExplorerExperiment,
    seed: number,
    {problem, theta, plane}: Slice,
    a: number,
    b: number,
    status: Signal<string>,
  ): Promise<void> => {
    try {
      const moved = movedIn(theta, plane, a / plane.unit, b / plane.unit);
      const points = pointsOf(experiment.dataset, seed);
      side.ball.value = await lookAt(problem.hidden, points, moved, experiment.halfWidth);
    } catch (error) {
      status.value = (error as Error).message;
    }
  };
}
