import type {Cutoff} from '../cutoff.ts';

/** Where basins end, fixed before any results were looked at: nats of clean training loss, and as a control half a nat above the minimum's own. */
export const CUTOFFS: readonly Cutoff[] = [
  {kind: 'loss', value: 0.25},
  {kind: 'loss', value: 0.5},
  {kind: 'loss', value: 1},
  {kind: 'excess', value: 0.5},
];
