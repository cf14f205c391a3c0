/** What the explorer of the minefield knows and does: a path of training, retraced, and searches that set out from it. */
import {type ReadonlySignal, type Signal, batch, useSignal, useSignalEffect} from '@preact/signals';
import type {Splits} from '@minefield/datasets';
import {useMemo, useRef} from 'preact/hooks';
import {useFile} from '../data/load-file.ts';
import type {ExplorerMines} from '../data/mines.ts';
import {splitsOf} from '../data/points.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import {type Seen, lookAt} from '../engine/look-at.ts';
import {wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {distanceOf, lengthOf} from './lengths.ts';
import {isBad, sameDigits} from './mine-field.ts';

/** The spirals end at a radius of 15.4. */
export const HALF_WIDTH = 18;

/** Steps between two looks at a search. */
const LOOK_EVERY = 100;
/** Of a search that is not the records'. */
const SHORT_STEPS = 8000;

/** Basins end at this loss, in nats. */
const CUTOFF = 0.5;
const RAYS = 64;
/** In relative coordinates. */
const MAXIMUM_RADIUS = 40;

export type SearchKind = 'full' | 'short';

/** A search that a reader has started. */
export interface Find {
  readonly kind: SearchKind;
  /** Index of its start on the path. */
  readonly from: number;
  /** Steps done, and to do. */
  readonly step: number;
  readonly steps: number;
  readonly theta: Float32Array;
  /** From its start, in the space of the weights, and as a share of the weights' length there. */
  readonly distance: number;
  readonly share: number;
  readonly done: boolean;
  /** Whether it fits the training set and fails elsewhere; once it is done. */
  readonly bad?: boolean;
  /** Mean relative radius here, and at the start of the search; undefined until they are measured. */
  readonly radius?: number | null | undefined;
  readonly startRadius?: number | null | undefined;
  /** Parameters that move in relative coordinates. */
  readonly dimension?: number | undefined;
}

export interface WalkState {
  readonly mines: ReadonlySignal<ExplorerMines | null>;
  /** Index on the path. */
  readonly place: Signal<number>;
  readonly kind: Signal<SearchKind>;
  readonly shown: Signal<'path' | 'find'>;
  readonly status: Signal<string>;
  readonly walking: ReadonlySignal<boolean>;
  readonly seeking: ReadonlySignal<boolean>;
  /** Lengths of the weights along the path, as far as it was retraced. */
  readonly lengths: ReadonlySignal<readonly number[]>;
  /** By index of their start. */
  readonly finds: ReadonlySignal<ReadonlyMap<number, Find>>;
  readonly seen: ReadonlySignal<Seen | null>;
  readonly splits: ReadonlySignal<Splits | null>;
  /** Retraces the path, or stops. */
  readonly walk: () => void;
  /** Seeks a bad minimum from here, or stops. */
  readonly seek: () => void;
  /** Steps to another point of the path. */
  readonly goTo: (index: number) => void;
}

export function useWalk(name: string): WalkState {
  const place = useUrlState('walk.at', 0, wholeCodec(0, 10_000));
  const kind = useUrlState<SearchKind>('walk.search', 'full', wordCodec(['full', 'short']));
  const shown = useSignal<'path' | 'find'>('path');
  const status = useSignal('');
  const walking = useSignal(false);
  const seeking = useSignal(false);
  const lengths = useSignal<readonly number[]>([]);
  const finds = useSignal<ReadonlyMap<number, Find>>(new Map());
  const seen = useSignal<Seen | null>(null);
  const splits = useSignal<Splits | null>(null);
  const mines = useFile<ExplorerMines>(`explorers/mines/${name}.json`, status);
  const path = useRef<Float32Array[]>([]);
  const walker = useRef<AbortController | null>(null);
  const seeker = useRef<AbortController | null>(null);
  /** Whether the place goes with the path that is retraced, until the reader goes elsewhere. */
  const following = useRef(true);

  const failed = (error: unknown): void => {
    if ((error as Error).name !== 'AbortError') status.value = (error as Error).message;
  };

  useSignalEffect(() => {
    const loaded = mines.value;
    if (loaded?.dataset.name !== 'regular-spirals') return;
    splits.value = splitsOf(loaded.dataset, loaded.seed);
    place.value = Math.min(place.peek(), loaded.path.step.length - 1);
  });

  const look = useMemo(
    () =>
      coalesced(async (loaded: ExplorerMines, theta: Float32Array) => {
        try {
          const points = splits.peek();
          if (points !== null) seen.value = await lookAt(loaded.hidden, points, theta, HALF_WIDTH);
        } catch (error) {
          failed(error);
        }
      }),
    [],
  );
  useSignalEffect(() => {
    const [loaded, at, walked] = [mines.value, place.value, lengths.value.length];
    const find = shown.value === 'find' ? finds.value.get(at) : undefined;
    const theta = find?.theta ?? (at < walked ? path.current[at] : undefined);
    if (loaded !== null && theta !== undefined) look(loaded, theta);
  });

  const retrace = async (loaded: ExplorerMines, points: Splits): Promise<void> => {
    const controller = new AbortController();
    walker.current = controller;
    walking.value = true;
    path.current = [];
    lengths.value = [];
    const {hidden, initialization, seed, recipe} = loaded;
    try {
      const value = await ask(
        'retrace',
        {hidden, splits: points, initialization, seed, recipe},
        {
          signal: controller.signal,
          onProgress: ({theta}) => {
            path.current.push(theta);
            batch(() => {
              lengths.value = [...lengths.peek(), lengthOf(theta)];
              if (following.current) place.value = path.current.length - 1;
            });
          },
        },
      );
      const same = value.trainLoss.every((loss, i) =>
        sameDigits(loss, loaded.path.trainLoss[i] ?? Number.NaN),
      );
      status.value = same
        ? 'Retraced: the losses are those of the record, digit for digit.'
        : 'This browser took another way than the record: its numerics differ.';
    } finally {
      walking.value = false;
    }
  };

  const search = async (loaded: ExplorerMines, points: Splits): Promise<void> => {
    const from = place.peek();
    const [initial, length] = [path.current[from], lengths.peek()[from]];
    if (initial === undefined || length === undefined) return;
    const controller = new AbortController();
    seeker.current = controller;
    const {hidden, seed} = loaded;
    const {poisonFactor, recipe} = loaded.search;
    const searchKind = kind.peek();
    const steps = searchKind === 'full' ? recipe.steps : SHORT_STEPS;
    const put = (part: Partial<Find> & {readonly theta: Float32Array}): void => {
      const distance = distanceOf(part.theta, initial);
      const before = finds.peek().get(from);
      const base = {kind: searchKind, from, steps, step: 0, done: false};
      finds.value = new Map(finds.peek()).set(from, {
        ...base,
        ...before,
        ...part,
        distance,
        share: distance / length,
      });
    };
    batch(() => {
      const others = new Map(finds.peek());
      others.delete(from);
      finds.value = others;
      seeking.value = true;
      shown.value = 'find';
    });
    const {signal} = controller;
    try {
      const start = loaded.path.step[from] ?? 0;
      const {theta, trainAccuracy, testAccuracy} = await ask(
        'seek',
        {
          hidden,
          splits: points,
          seed,
          start,
          initial,
          poisonFactor,
          // Looking more often changes no bit of what is found.
          recipe: {...recipe, steps, evaluateEvery: LOOK_EVERY},
        },
        {signal, onProgress: ({step, theta: now}) => put({step, theta: now})},
      );
      put({theta, step: steps, done: true, bad: isBad(trainAccuracy, testAccuracy)});
      const {inputs, labels} = points.train;
      const measure = {
        problem: {hidden, inputs, labels},
        seed,
        directions: RAYS,
        cutoff: CUTOFF,
        maximum: MAXIMUM_RADIUS,
      };
      const found = await ask('reach', {...measure, theta}, {signal});
      put({theta, radius: found.meanRadius, dimension: found.dimension});
      const begun = await ask('reach', {...measure, theta: initial}, {signal});
      put({theta, startRadius: begun.meanRadius});
    } finally {
      seeking.value = false;
    }
  };

  const withData = (work: (loaded: ExplorerMines, points: Splits) => Promise<void>): void => {
    const [loaded, points] = [mines.peek(), splits.peek()];
    status.value = '';
    if (loaded !== null && points !== null) work(loaded, points).catch(failed);
  };

  return {
    mines,
    place,
    kind,
    shown,
    status,
    walking,
    seeking,
    lengths,
    finds,
    seen,
    splits,
    walk: () => {
      if (walking.peek()) return walker.current?.abort();
      following.current = true;
      withData(retrace);
    },
    seek: () => {
      if (seeking.peek()) return seeker.current?.abort();
      following.current = false;
      withData(search);
    },
    goTo: (index) => {
      following.current = false;
      batch(() => {
        shown.value = 'path';
        place.value = index;
      });
    },
  };
}
