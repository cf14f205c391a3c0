/** What the dial shows for a seed and a level: frames of records at once, live networks as fast as they come, and at rest all of it finely. */
import {type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {networkOf} from '../data/networks.ts';
import {type PlanePoints, pointsOf} from '../data/points.ts';
import {useExperiment} from '../data/use-experiment.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import type {Problem} from '../engine/problem.ts';
import type {BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {type DialLevel, type LoadedSeed, loadSeed} from './dial-data.ts';
import {whiskersOn} from './nearest-crossing.ts';

/** Points a side of a boundary while it moves, and at rest. */
const MOVING = 100;
const RESTING = 200;
/** Milliseconds without a change that are rest. */
const REST = 250;

export interface DialView {
  readonly seed: number;
  readonly level: number;
  readonly picture: BoundaryPicture;
  /** Log-odds at the test points. */
  readonly testOdds: Float32Array;
  readonly whiskers: Float32Array;
  /** `exact`: whiskers end where the engine found the boundary. */
  readonly detail: 'frame' | 'live' | 'exact';
}

export interface DialState {
  readonly experiment: ReadonlySignal<ExplorerExperiment | null>;
  readonly data: ReadonlySignal<LoadedSeed | null>;
  readonly points: ReadonlySignal<PlanePoints | null>;
  readonly view: ReadonlySignal<DialView | null>;
}

interface Options {
  readonly experiment: string;
  readonly levels: readonly number[];
  readonly seed: ReadonlySignal<number>;
  readonly level: ReadonlySignal<number>;
  /** Whether the reader has done anything yet: before that, nothing is computed. */
  readonly touched: ReadonlySignal<boolean>;
  readonly status: Signal<string>;
}

interface Place {
  readonly loaded: ExplorerExperiment;
  readonly points: PlanePoints;
  readonly seed: number;
  readonly level: number;
  readonly measured: DialLevel;
}

export function useDial({experiment: name, levels, seed, level, touched, status}: Options): DialState {
  const experiment = useExperiment(name, status);
  const data = useSignal<LoadedSeed | null>(null);
  const view = useSignal<DialView | null>(null);
  const points = useComputed(() =>
    experiment.value === null ? null : pointsOf(experiment.value.dataset, seed.value),
  );
  const isNow = (place: Place): boolean => place.seed === seed.peek() && place.level === level.peek();
  useSignalEffect(() => {
    const wanted = seed.value;
    const load = async (): Promise<void> => {
      try {
        const loaded = await loadSeed(name, wanted);
        if (seed.peek() === wanted) data.value = loaded;
      } catch (error) {
        status.value = (error as Error).message;
      }
    };
    void load();
  });
  const follow = useMemo(
    () =>
      coalesced(async (place: Place) => {
        try {
          const shown = await computed(place, MOVING);
          if (place.seed === seed.peek()) view.value = shown;
          status.value = '';
        } catch (error) {
          status.value = (error as Error).message;
        }
      }),
    [],
  );
  useSignalEffect(() => {
    const [loaded, ofSeed, around] = [experiment.value, data.value, points.value];
    const place = {seed: seed.value, level: level.value};
    const measured = ofSeed?.levels.find(({poisonFactor}) => poisonFactor === levels[place.level]);
    const asked = touched.value;
    if (loaded === null || around === null || ofSeed?.seed !== place.seed || measured === undefined) return;
    const here: Place = {loaded, points: around, measured, ...place};
    const frame = ofSeed.pictureAt(measured.poisonFactor);
    if (frame !== undefined && measured.wrong !== null && ofSeed.frames !== null) {
      view.value = recorded(here, frame, ofSeed.frames.size, measured.wrong);
    } else {
      follow(here);
      for (const step of [1, -1, 2, -2]) {
        networkOf(loaded, place.seed, levels[place.level + step]).catch(() => undefined);
      }
    }
    if (!asked) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void refine(here, controller.signal).catch((error: Error) => {
        if (!controller.signal.aborted) status.value = error.message;
      });
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });
  const refine = async (place: Place, signal: AbortSignal): Promise<void> => {
    const fine = await computed(place, RESTING, signal);
    if (!isNow(place)) return;
    view.value = fine;
    const theta = await networkOf(place.loaded, place.seed, place.measured.poisonFactor);
    const found = await ask(
      'margins',
      {problem: problemOf(place), theta, maximum: place.loaded.halfWidth},
      {signal},
    );
    if (isNow(place)) view.value = {...fine, whiskers: found.nearest, detail: 'exact'};
  };
  return {experiment, data, points, view};
}

function problemOf({loaded, points: {train}}: Place): Problem {
  return {hidden: loaded.hidden, inputs: train.inputs, labels: train.labels};
}

/** What the records say, without the engine. */
function recorded(
  {loaded, points: {train, test}, measured, seed, level}: Place,
  logits: Float32Array,
  size: number,
  wrong: NonNullable<DialLevel['wrong']>,
): DialView {
  return {
    seed,
    level,
    picture: {logits, size, atPoints: oddsOf(train.labels, wrong.train)},
    testOdds: oddsOf(test.labels, wrong.test),
    whiskers: whiskersOn(logits, size, loaded.halfWidth, train.inputs, measured.margins),
    detail: 'frame',
  };
}

/** Log-odds of which only the sign is known: that of the label, but for those that are wrong. */
function oddsOf(labels: ArrayLike<number>, wrong: readonly number[]): Float32Array {
  const odds = Float32Array.from(labels, (label) => (label === 1 ? 1 : -1));
  for (const i of wrong) odds[i] = -(odds[i] ?? 0);
  return odds;
}

async function computed(place: Place, size: number, signal?: AbortSignal): Promise<DialView> {
  const {loaded, points, measured, seed, level} = place;
  const {train, test} = points;
  const theta = await networkOf(loaded, seed, measured.poisonFactor);
  const all = new Float32Array(train.inputs.length + test.inputs.length);
  all.set(train.inputs);
  all.set(test.inputs, train.inputs.length);
  const {logits, atPoints} = await ask(
    'boundary',
    {problem: problemOf(place), theta, halfWidth: loaded.halfWidth, size, points: all},
    {signal},
  );
  return {
    seed,
    level,
    picture: {logits, size, atPoints: atPoints.slice(0, train.labels.length)},
    testOdds: atPoints.slice(train.labels.length),
    whiskers: whiskersOn(logits, size, loaded.halfWidth, train.inputs, measured.margins),
    detail: 'live',
  };
}
