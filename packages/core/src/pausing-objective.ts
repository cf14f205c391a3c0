import type {Objective} from './objective.ts';

/** Node and browsers both have it; this package is compiled with the types of neither. */
declare const performance: {now(): number};

/** Milliseconds after which waiting signals, timers and messages get their turn: two frames. */
const PATIENCE_MS = 30;

/**
 * The same objective, pausing now and then. Promises that are already kept never let go of the event loop: without pauses, an
 * objective of plain arithmetic could not be interrupted before its end.
 *
 * @param pause resolves once what waits in the event loop was done
 */
export function pausingObjective(objective: Objective, pause: () => Promise<unknown>): Objective {
  let last = performance.now();
  const wrap =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (performance.now() - last > PATIENCE_MS) {
        await pause();
        last = performance.now();
      }
      return method(...args);
    };
  const {lossAlong, gradient, hessianVector, hessianVectors, predictions} = objective;
  return {
    ...objective,
    loss: wrap(objective.loss.bind(objective)),
    ...(lossAlong && {lossAlong: wrap(lossAlong.bind(objective))}),
    ...(gradient && {gradient: wrap(gradient.bind(objective))}),
    ...(hessianVector && {hessianVector: wrap(hessianVector.bind(objective))}),
    ...(hessianVectors && {hessianVectors: wrap(hessianVectors.bind(objective))}),
    ...(predictions && {predictions: wrap(predictions.bind(objective))}),
  };
}
