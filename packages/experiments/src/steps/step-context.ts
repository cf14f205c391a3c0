import type {CancelSignal} from '@minefield/core';
import type {Provenance} from '@minefield/results';

/** What every step is given besides its job. */
export interface StepContext {
  readonly signal?: CancelSignal;
  /** Receives the done fraction, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Says when and where work was done that began at `startedAt` and took so long. */
export type Witness = (startedAt: Date, wallSeconds: number) => Provenance;
