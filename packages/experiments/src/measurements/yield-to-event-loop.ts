import {setImmediate} from 'node:timers/promises';
import type {Objective} from '@minefield/core';

/** Milliseconds after which waiting signals, timers and streams get their turn. */
const PATIENCE_MS = 30;

/**
 * The same objective, pausing now and then for the event loop. Promises that are already kept never let go of it: without
 * pauses, an objective of plain arithmetic could not be interrupted before its end.
 */
export function yieldingToEventLoop(objective: Objective): Objective {
  let last = performance.now();
  const wrap =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (performance.now() - last > PATIENCE_MS) {
        await setImmediate();
        last = performance.now();
      }
      return method(...args);
    };
  const {lossAlong, gradient, hessianVector, predictions} = objective;
  return {
    ...objective,
    loss: wrap(objective.loss.bind(objective)),
    ...(lossAlong && {lossAlong: wrap(lossAlong.bind(objective))}),
    ...(gradient && {gradient: wrap(gradient.bind(objective))}),
    ...(hessianVector && {hessianVector: wrap(hessianVector.bind(objective))}),
    ...(predictions && {predictions: wrap(predictions.bind(objective))}),
  };
}
