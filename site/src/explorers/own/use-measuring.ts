/** Measurements of trained networks, and what came of them so far. */
import {type ReadonlySignal, useSignal} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import {ask} from '../engine/engine.ts';
import type {OwnDot} from './own-scatter.tsx';
import type {OwnProblem} from './use-own-settings.ts';

export interface Measuring {
  readonly dots: ReadonlySignal<readonly OwnDot[]>;
  /** What is measured right now, or what went wrong; empty for nothing. */
  readonly stage: ReadonlySignal<string>;
  readonly busy: ReadonlySignal<boolean>;
  /** Whether the network that is there has been measured. */
  readonly done: ReadonlySignal<boolean>;
  readonly measure: (problem: OwnProblem, theta: Float32Array, name: string) => void;
  /** For a new network; what was measured stays. */
  readonly forget: () => void;
}

/** Rays of a measurement; the sweep follows 500, of which these are the first. */
const DIRECTIONS = 64;
/** Weights that move in the sweep's network: volumes of another number of dimensions are no match for its own. */
const SWEEP_DIMENSION = 3457;

export function useMeasuring(): Measuring {
  const dots = useSignal<readonly OwnDot[]>([]);
  const stage = useSignal('');
  const busy = useSignal(false);
  const done = useSignal(false);
  const actions = useMemo(() => {
    let running: AbortController | undefined;
    return {
      measure({data, hidden, seed, poisonFactor}: OwnProblem, theta: Float32Array, name: string): void {
        if (busy.value) return;
        const controller = new AbortController();
        running = controller;
        busy.value = true;
        stage.value = 'Measuring …';
        const work = async (): Promise<void> => {
          const value = await ask(
            'measure',
            {data, hidden, seed, theta, directions: DIRECTIONS},
            {
              signal: controller.signal,
              onProgress: (part) => {
                stage.value = `Measuring: ${part.stage} …`;
              },
            },
          );
          const comparable = data.kind === 'spirals' && value.dimension === SWEEP_DIMENSION;
          dots.value = [...dots.value, {name, poisonFactor, comparable, value}].slice(-8);
          stage.value = '';
          done.value = true;
        };
        work()
          .catch((error: unknown) => {
            if (!controller.signal.aborted) stage.value = (error as Error).message;
          })
          .finally(() => {
            if (running === controller) busy.value = false;
          });
      },
      forget(): void {
        running?.abort(new Error('another network'));
        running = undefined;
        busy.value = false;
        done.value = false;
        stage.value = '';
      },
    };
    // Signals never change.
  }, []);
  return {dots, stage, busy, done, ...actions};
}
