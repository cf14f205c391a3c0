/** What pages say of a run. */
import type {RunRecord} from '@minefield/results';
import {poison} from './format.ts';
import type {Experiment} from './load-results.ts';

/** What a run of an experiment is called in addresses. */
export function runAddress({identity}: RunRecord, {addresses}: Experiment): string {
  const address = addresses.get(identity);
  if (address === undefined) throw new Error(`expected a run of the experiment, got ${identity} of another`);
  return address;
}

/** Its page, from the root of the site. */
export function runPage(run: RunRecord, experiment: Experiment): string {
  return `runs/${runAddress(run, experiment)}.html`;
}

/** `β = 0.8, seed 1` */
export function runName({poisonFactor, seed}: RunRecord): string {
  return `β = ${poison(poisonFactor)}, seed ${seed}`;
}

export const outcomes: Readonly<Record<RunRecord['data']['outcome'], string>> = {
  completed: 'completed',
  'target-reached': 'target reached',
  diverged: 'diverged',
};

export type RunFigure =
  | 'curves'
  | 'boundary'
  | 'line'
  | 'surface'
  | 'trajectory'
  | 'spectrum'
  | 'profiles'
  | 'radii'
  | 'convergence';

/** Name of a figure of one run. */
export function runFigure(run: RunRecord, experiment: Experiment, figure: RunFigure): string {
  return `${figure}-${runAddress(run, experiment)}`;
}
