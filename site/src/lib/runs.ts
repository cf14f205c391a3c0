/** What pages say of a run. */
import type {RunRecord} from '@minefield/results';
import {poison} from './format.ts';

/** Its page, from the root of the site. */
export function runPage({identity}: RunRecord): string {
  return `runs/${identity.slice(0, 16)}.html`;
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
export function runFigure({identity}: RunRecord, figure: RunFigure): string {
  return `${figure}-${identity.slice(0, 16)}`;
}
