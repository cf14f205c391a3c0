import type {Objective} from '@minefield/core';

/** Milliseconds after which messages get their turn: two frames. */
const PATIENCE_MS = 30;

/**
 * The same objective, pausing now and then for the worker's messages. Promises that are already kept never let go of the
 * event loop: without pauses, work could be neither cancelled nor overtaken by a boundary that a reader is waiting for.
 */
export function patient(objective: Objective): Objective {
  let last = performance.now();
  const wrap =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (performance.now() - last > PATIENCE_MS) {
        await nextTask();
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

/** Resolves once what waits in the event loop was done; timers would wait for 4 ms. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
