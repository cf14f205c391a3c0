import type {BasinCutoff} from '@minefield/results';
import {inWords} from './numbers.ts';

/** "loss 0.5" or "excess 0.5": how a cutoff is called in every figure. */
export function cutoffLabel({kind, value}: Pick<BasinCutoff, 'kind' | 'value'>): string {
  return `${kind === 'loss' ? 'loss' : 'excess loss'} ${inWords(value)}`;
}

/** The cutoffs of several records, each named once, in order of first appearance. */
export function cutoffLabels(
  records: readonly {readonly data: {readonly cutoffs: readonly Pick<BasinCutoff, 'kind' | 'value'>[]}}[],
): string[] {
  return [...new Set(records.flatMap(({data}) => data.cutoffs.map(cutoffLabel)))];
}

/** What a description says of networks that have no volume, for their loss lies above the cutoff, or they diverged. */
export function remarkOnVolumes(without: number): string {
  return without === 0 ? '' : ` Without a volume there, and so left out: ${without}.`;
}
