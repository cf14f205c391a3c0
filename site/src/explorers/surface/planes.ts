/** Both minima in one plane each, as the worker finds them. */
import {type ReadonlySignal, type Signal, signal, useSignal, useSignalEffect} from '@preact/signals';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {networkOf} from '../data/networks.ts';
import {pointsOf} from '../data/points.ts';
import type {PitValue} from '../engine/calls/pit.ts';
import type {PlaneKind, PlaneValue} from '../engine/calls/plane.ts';
import {ask} from '../engine/engine.ts';
import type {Problem} from '../engine/problem.ts';
import {PIT_EDGE} from './loss-scale.ts';
import type {Seen} from '../engine/look-at.ts';

/** A minimum, the plane through it, and how wide its pit looks there. */
export interface Slice {
  readonly problem: Problem;
  readonly theta: Float32Array;
  readonly plane: PlaneValue;
  /** null where the minimum itself lies above the pit's edge. */
  readonly pit: PitValue | null;
}

/** The good minimum's and the bad one's. */
export type Pair<T> = readonly [T, T];

export interface PlaneChoice {
  readonly seed: number;
  /** Level of the poisoned network, of the experiment's. */
  readonly level: number;
  readonly kind: PlaneKind;
  /** Which of the random planes. */
  readonly draw: number;
}

/** Names a choice; planes that are not random have no draws. */
export function keyOf({seed, level, kind, draw}: PlaneChoice): string {
  return [seed, level, kind, kind === 'random' ? draw : 1].join('/');
}

export interface Planes {
  /** The slices of the present choice, null until they are found. */
  readonly slices: ReadonlySignal<Pair<Slice> | null>;
  /** All that were found, by their keys. */
  readonly known: ReadonlySignal<ReadonlyMap<string, Pair<Slice>>>;
}

export function usePlanes(
  experiment: ReadonlySignal<ExplorerExperiment | null>,
  choice: ReadonlySignal<PlaneChoice>,
  status: Signal<string>,
): Planes {
  const slices = useSignal<Pair<Slice> | null>(null);
  const known = useSignal<ReadonlyMap<string, Pair<Slice>>>(new Map());
  useSignalEffect(() => {
    const loaded = experiment.value;
    const wanted = choice.value;
    if (loaded === null) return undefined;
    const found = known.peek().get(keyOf(wanted));
    if (found !== undefined) {
      slices.value = found;
      return undefined;
    }
    const controller = new AbortController();
    const find = async (): Promise<void> => {
      try {
        const pair = await slicesOf(loaded, wanted, controller.signal, (text) => {
          if (!controller.signal.aborted) status.value = text;
        });
        if (controller.signal.aborted) return;
        known.value = new Map(known.peek()).set(keyOf(wanted), pair);
        slices.value = pair;
        status.value = '';
      } catch (error) {
        if (!controller.signal.aborted) status.value = (error as Error).message;
      }
    };
    void find();
    return () => controller.abort();
  });
  return {slices, known};
}

async function slicesOf(
  experiment: ExplorerExperiment,
  {seed, level, kind, draw}: PlaneChoice,
  cancel: AbortSignal,
  say: (text: string) => void,
): Promise<Pair<Slice>> {
  say('Fetching both networks.');
  const {inputs, labels} = pointsOf(experiment.dataset, seed).train;
  const problem: Problem = {hidden: experiment.hidden, inputs, labels: Uint8Array.from(labels)};
  const [good, bad] = await Promise.all([
    networkOf(experiment, seed, experiment.levels[0]),
    networkOf(experiment, seed, experiment.levels[level]),
  ]);
  const sliceOf = async (theta: Float32Array, twin: Float32Array, name: string): Promise<Slice> => {
    if (kind === 'sharpest') say(`Looking for the sharpest directions of the ${name} minimum.`);
    const {initialization} = experiment;
    const plane = await ask(
      'plane',
      {problem, theta, kind, seed, draw, twin, initialization},
      {
        signal: cancel,
        onProgress: (steps) =>
          say(`Looking for the sharpest directions of the ${name} minimum, step ${steps}.`),
      },
    );
    const {first, second, unit} = plane;
    const pit = await ask('pit', {problem, theta, first, second, unit, cutoff: PIT_EDGE}, {signal: cancel});
    return {problem, theta, plane, pit};
  };
  return [await sliceOf(good, bad, 'good'), await sliceOf(bad, good, 'bad')];
}

/** The loss over a slice, coarse at first. */
export interface LossGrid {
  readonly size: number;
  /** Heights on the logarithmic scale, `[size, size]`. */
  readonly levels: Float32Array;
  /** Half the side of the square, in relative radius. */
  readonly half: number;
}

/** What is drawn of one minimum. */
export interface Side {
  readonly grid: Signal<LossGrid | null>;
  readonly ball: Signal<Seen | null>;
}

export function newSide(): Side {
  return {grid: signal(null), ball: signal(null)};
}
