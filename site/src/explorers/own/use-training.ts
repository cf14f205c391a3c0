/** A training that runs in the worker, as the page sees it: it starts, pauses, steps, and starts anew. */
import type {TrainingSnapshot} from '@minefield/training';
import {type ReadonlySignal, useSignal} from '@preact/signals';
import {useEffect, useMemo} from 'preact/hooks';
import type {TrainArgs, TrainValue} from '../engine/calls/train.ts';
import {ask} from '../engine/engine.ts';

export type Phase = 'new' | 'running' | 'paused' | 'ended';

export interface Training {
  readonly phase: ReadonlySignal<Phase>;
  /** Where it is; null before the first step. */
  readonly snapshot: ReadonlySignal<TrainingSnapshot | null>;
  /** How it ended. */
  readonly outcome: ReadonlySignal<TrainValue['outcome'] | null>;
  /** Seconds that it has run, the start of the engine not counted. */
  readonly seconds: ReadonlySignal<number>;
  /** Steps a second, since it last went on; null before that is known. */
  readonly rate: ReadonlySignal<number | null>;
  /** What went wrong; empty for nothing. */
  readonly fault: ReadonlySignal<string>;
  /** Starts, or goes on. @param once up to the next evaluation only */
  readonly go: (args: Omit<TrainArgs, 'resume' | 'once'>, once: boolean) => void;
  readonly pause: () => void;
  /** Forgets all of it. */
  readonly reset: () => void;
}

export function useTraining(): Training {
  const phase = useSignal<Phase>('new');
  const snapshot = useSignal<TrainingSnapshot | null>(null);
  const outcome = useSignal<TrainValue['outcome'] | null>(null);
  const seconds = useSignal(0);
  const rate = useSignal<number | null>(null);
  const fault = useSignal('');
  const actions = useMemo(() => {
    let running: AbortController | undefined;
    const halt = (next: Phase): void => {
      running?.abort(new Error('paused'));
      running = undefined;
      phase.value = next;
    };
    return {
      go(args: Omit<TrainArgs, 'resume' | 'once'>, once: boolean): void {
        if (phase.value === 'running' || phase.value === 'ended') return;
        const controller = new AbortController();
        running = controller;
        phase.value = 'running';
        fault.value = '';
        const before = seconds.value;
        let first: {readonly time: number; readonly step: number} | undefined;
        const show = (now: TrainingSnapshot): void => {
          snapshot.value = now;
          first ??= {time: performance.now(), step: now.step};
          const elapsed = (performance.now() - first.time) / 1000;
          seconds.value = before + elapsed;
          if (elapsed > 0.2) rate.value = (now.step - first.step) / elapsed;
        };
        const work = async (): Promise<void> => {
          const {snapshot: last, outcome: how} = await ask(
            'train',
            {...args, once, ...(snapshot.value && {resume: snapshot.value})},
            {signal: controller.signal, onProgress: show},
          );
          show(last);
          outcome.value = how === 'once' ? null : how;
          phase.value = how === 'once' ? 'paused' : 'ended';
        };
        work().catch((error: unknown) => {
          if (controller.signal.aborted) return;
          fault.value = (error as Error).message;
          phase.value = snapshot.value === null ? 'new' : 'paused';
        });
      },
      pause: () => halt('paused'),
      reset(): void {
        halt('new');
        snapshot.value = null;
        outcome.value = null;
        seconds.value = 0;
        rate.value = null;
        fault.value = '';
      },
    };
    // Signals never change.
  }, []);
  useEffect(() => actions.reset, [actions]);
  return {phase, snapshot, outcome, seconds, rate, fault, ...actions};
}
