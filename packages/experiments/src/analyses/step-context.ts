import type {CancelSignal} from '@minefield/core';
import type {Provenance} from '@minefield/results';
import type {Parts} from '../resume/part.ts';

/** What every step is given besides its job. */
export interface StepContext {
  readonly signal?: CancelSignal | undefined;
  /** Receives the done fraction, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /**
   * Where a job keeps what it has done so far; absent where nothing is kept.
   *
   * @param basis names the files that the job reads
   */
  readonly partsOf?: (identity: string, basis?: string) => Parts;
  /** The same of an analysis that is being made. */
  readonly parts?: Parts;
  /** Between two snapshots of a training. Default 5. */
  readonly snapshotSeconds?: number;
}

/** Says when and where work was done that began at `startedAt` and took so long. */
export type ProvenanceStamp = (startedAt: Date, wallSeconds: number) => Provenance;
