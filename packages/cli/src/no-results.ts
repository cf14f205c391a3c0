import type {Store} from '@minefield/results/node';
import {experiments} from '@minefield/spec';
import {experimentsIn} from './experiments-in.ts';
import {UsageError} from './usage-error.ts';

/** That an experiment has no results in a folder: which have, and how to make them. */
export async function noResults(store: Store, experiment: string): Promise<UsageError> {
  const there = await experimentsIn(store);
  const others = there.length === 0 ? '' : `, which has ${there.join(', ')}`;
  const command = Object.hasOwn(experiments, experiment) ? `minefield run ${experiment}` : 'minefield run';
  return new UsageError(
    `no results of "${experiment}" in ${store.directory}${others}; make them with "${command}", ` +
      `or name another ${there.length === 0 ? '' : 'experiment with --experiment, another '}folder with --results`,
  );
}
