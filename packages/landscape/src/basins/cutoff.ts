import {InputError} from '@minefield/core';
/** Where a basin ends: at a loss, or at an excess over the anchor's own loss. In nats, for a cross-entropy. */
export interface Cutoff {
  readonly kind: 'loss' | 'excess';
  readonly value: number;
}

/** @throws {InputError} unless the value is finite, and positive for an excess */
export function thresholdOf({kind, value}: Cutoff, anchorLoss: number): number {
  if (!Number.isFinite(value) || (kind === 'excess' && !(value > 0))) {
    throw new InputError(
      `landscape.basinRadii: expected a finite cutoff${kind === 'excess' ? ' > 0' : ''}, got ${kind} ${value}`,
    );
  }
  return kind === 'loss' ? value : anchorLoss + value;
}
