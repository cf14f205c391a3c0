/** What the explorer of paths knows and does: two networks, the straight line between them, and a bend in training. */
import {type ReadonlySignal, type Signal, useSignal, useSignalEffect} from '@preact/signals';
import {type BezierPath, linearPath, pathPointInto} from '@minefield/landscape';
import {useMemo} from 'preact/hooks';
import type {ExplorerConnection, ExplorerConnections} from '../data/connection.ts';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {useFile} from '../data/load-file.ts';
import {networkOf} from '../data/networks.ts';
import {type PlanePoints, pointsOf} from '../data/points.ts';
import {useExperiment} from '../data/use-experiment.ts';
import {coalesced} from '../engine/coalesced.ts';
import {type ValueOf, ask} from '../engine/engine.ts';
import {type Seen, lookAt} from '../engine/look-at.ts';
import {numberCodec, wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';

/** Positions along a path that curves are drawn at: those of the records. */
export const POSITIONS = Array.from({length: 61}, (_, i) => Number((i / 60).toPrecision(7)));

/** Places of the slider; every fourth is one of the positions. */
export const PLACES = 240;

/** A bend is trained as the records' was where they have none. */
const USUAL = {steps: 3000, learningRate: 0.01};

/** The two ends of the paths, and the points that they are measured on. */
export interface Ends extends PlanePoints {
  readonly experiment: ExplorerExperiment;
  readonly seed: number;
  readonly bad: Float32Array;
  readonly good: Float32Array;
}

export interface BendState {
  /** Place of the slider, 0 to {@link PLACES}. */
  readonly place: Signal<number>;
  readonly level: Signal<number>;
  readonly seed: Signal<number>;
  readonly status: Signal<string>;
  readonly ends: ReadonlySignal<Ends | null>;
  readonly line: ReadonlySignal<ValueOf<'line'> | null>;
  readonly bend: ReadonlySignal<ValueOf<'bend'> | null>;
  /** Steps that a bend is trained for. */
  readonly steps: ReadonlySignal<number>;
  readonly training: ReadonlySignal<boolean>;
  readonly seen: {readonly line: ReadonlySignal<Seen | null>; readonly bend: ReadonlySignal<Seen | null>};
  /** What the records say of these ends; null where they were not measured. */
  readonly recorded: ReadonlySignal<ExplorerConnection | null>;
  /** Starts to train the bend, or stops. */
  readonly toggle: () => void;
}

export function useBend(name: string, levels: readonly number[], seeds: readonly number[]): BendState {
  const place = useUrlState('bend.at', 0, wholeCodec(0, PLACES));
  const level = useUrlState('bend.level', levels.at(-1) ?? 0, numberCodec(0, Infinity));
  const seed = useUrlState('bend.seed', seeds[0] ?? 1, wholeCodec(0, Number.MAX_SAFE_INTEGER));
  const wanted = useUrlState<'yes' | 'no'>('bend.bent', 'no', wordCodec(['yes', 'no']));
  const status = useSignal('');
  const ends = useSignal<Ends | null>(null);
  const line = useSignal<ValueOf<'line'> | null>(null);
  const bend = useSignal<ValueOf<'bend'> | null>(null);
  const steps = useSignal(USUAL.steps);
  const training = useSignal(false);
  const seenLine = useSignal<Seen | null>(null);
  const seenBend = useSignal<Seen | null>(null);
  const recorded = useSignal<ExplorerConnection | null>(null);
  const experiment = useExperiment(name, status);
  const connections = useFile<ExplorerConnections>(`explorers/paths/${name}.json`, status);

  const failed = (error: unknown): void => {
    if ((error as Error).name !== 'AbortError') status.value = (error as Error).message;
  };

  // The ends, and the straight line between them.
  useSignalEffect(() => {
    const [loaded, known, ofSeed, ofLevel] = [experiment.value, connections.value, seed.value, level.value];
    if (loaded === null || known === null) return;
    const controller = new AbortController();
    const {signal} = controller;
    const open = async (): Promise<void> => {
      const [bad, good] = await Promise.all([
        networkOf(loaded, ofSeed, ofLevel),
        networkOf(loaded, ofSeed, loaded.levels[0]),
      ]);
      signal.throwIfAborted();
      const points = pointsOf(loaded.dataset, ofSeed);
      const opened = {experiment: loaded, seed: ofSeed, bad, good, ...points};
      bend.value = null;
      recorded.value =
        known.connections.find((one) => one.seed === ofSeed && one.poisonFactor === ofLevel) ?? null;
      ends.value = opened;
      status.value = '';
      line.value = await ask('line', lineArgs(opened), {signal});
    };
    open().catch(failed);
    return () => controller.abort();
  });

  // The bend, from the ends that there are, while it is wanted.
  useSignalEffect(() => {
    const opened = ends.value;
    if (opened === null || wanted.value === 'no') return;
    const controller = new AbortController();
    const {seed: ofSeed} = opened;
    const record = recorded.peek();
    const {steps: total, learningRate} = record ?? USUAL;
    steps.value = total;
    const show = (value: ValueOf<'bend'>): void => {
      bend.value = value;
    };
    const run = async (): Promise<void> => {
      training.value = true;
      const args = {...lineArgs(opened), seed: ofSeed, steps: total, learningRate};
      show(await ask('bend', args, {signal: controller.signal, onProgress: show}));
      training.value = false;
    };
    run().catch(failed);
    return () => {
      training.value = false;
      controller.abort();
    };
  });

  const look = useMemo(
    () =>
      coalesced(async (opened: Ends, control: Float32Array | null, at: number) => {
        const {bad, good} = opened;
        const straight = linearPath(bad, good);
        try {
          seenLine.value = await lookAlong(opened, straight, at);
          seenBend.value =
            control === null ? seenLine.value : await lookAlong(opened, {start: bad, control, end: good}, at);
        } catch (error) {
          failed(error);
        }
      }),
    // Signals never change.
    [],
  );
  useSignalEffect(() => {
    if (ends.value !== null) look(ends.value, bend.value?.control ?? null, place.value / PLACES);
  });

  const toggle = (): void => {
    if (training.value) wanted.value = 'no';
    else if (wanted.value === 'no') wanted.value = 'yes';
    else {
      // Once more from the start.
      wanted.value = 'no';
      bend.value = null;
      wanted.value = 'yes';
    }
  };
  const seen = {line: seenLine, bend: seenBend};
  return {place, level, seed, status, ends, line, bend, steps, training, seen, recorded, toggle};
}

function problemOf({experiment: {hidden}, train: {inputs, labels}}: Ends) {
  return {hidden, inputs, labels};
}

function lineArgs(ends: Ends) {
  const {bad, good, test} = ends;
  const {inputs, labels} = test;
  return {
    problem: problemOf(ends),
    test: {inputs, labels},
    start: bad,
    end: good,
    positions: POSITIONS,
  };
}

function lookAlong(ends: Ends, path: BezierPath, at: number): Promise<Seen> {
  const theta = new Float32Array(path.start.length);
  pathPointInto(theta, path, at);
  const {hidden, halfWidth} = ends.experiment;
  return lookAt(hidden, ends, theta, halfWidth);
}
