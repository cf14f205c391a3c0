import {checkOptions, checkWord, InputError} from '@minefield/core';

/** Where a basin ends: at a loss, or at an excess over the anchor's own loss. In nats, for a cross-entropy. */
export interface Cutoff {
  readonly kind: 'loss' | 'excess';
  readonly value: number;
}

/** @throws {InputError} unless the kind is one, and the value finite, and positive for an excess */
export function checkCutoff(cutoff: Cutoff): void {
  checkOptions('landscape.basinRadii', cutoff, {kind: true, value: true});
  const {kind, value} = cutoff;
  checkWord('landscape.basinRadii', 'a kind of cutoff', kind, ['loss', 'excess']);
  if (!Number.isFinite(value) || (kind === 'excess' && !(value > 0))) {
    throw new InputError(
      `landscape.basinRadii: expected a finite cutoff${kind === 'excess' ? ' > 0' : ''}, got ${kind} ${value}`,
    );
  }
}

/** The loss at which a basin ends. */
export function thresholdOf({kind, value}: Cutoff, anchorLoss: number): number {
  return kind === 'loss' ? value : anchorLoss + value;
}
