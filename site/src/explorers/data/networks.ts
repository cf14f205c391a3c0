/** Trained networks, fetched by the worker when they are first looked at, and kept. */
import {ask} from '../engine/engine.ts';
import {type ExplorerExperiment, runAt} from './experiment.ts';
import {siteRoot} from './site-root.ts';

const fetched = new Map<string, Promise<Float32Array>>();

/** Parameters of a run, `[P]`. @throws {Error} where it has no checkpoint, or it cannot be had */
export function networkOf(
  experiment: ExplorerExperiment,
  seed: number,
  poisonFactor: number | undefined,
): Promise<Float32Array> {
  const checkpoint = runAt(experiment, seed, poisonFactor)?.checkpoint;
  if (checkpoint === undefined || checkpoint === null)
    return Promise.reject(new Error('This network was not kept.'));
  const known =
    fetched.get(checkpoint) ??
    ask('checkpoint', {address: siteRoot() + checkpoint, hidden: experiment.hidden});
  fetched.set(checkpoint, known);
  known.catch(() => fetched.delete(checkpoint));
  return known;
}
