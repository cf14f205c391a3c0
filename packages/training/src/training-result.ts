import type {GeneratorState} from '@minefield/core';
import type {LearningCurves} from './learning-curves.ts';

/** How a network's training ended. */
export type TrainingOutcome = 'completed' | 'target-reached' | 'diverged';

export interface TrainingResult {
  readonly outcome: TrainingOutcome;
  /** Parameters at the end, `[P]`; those of the last evaluation that was finite for a network that diverged. */
  readonly theta: Float32Array;
  /** Optimizer steps done. */
  readonly steps: number;
  readonly curves: LearningCurves;
  /** Statistics of batch normalization at `theta`, `[S]`, where the network has it. */
  readonly statistics?: Float32Array;
}

/** Everything needed to go on from a step and end with the same bits as without a break. */
export interface TrainingSnapshot {
  /** Steps done. */
  readonly step: number;
  readonly networks: readonly NetworkSnapshot[];
}

export interface NetworkSnapshot {
  readonly theta: Float32Array;
  readonly slots: readonly Float32Array[];
  readonly poison: GeneratorState;
  readonly curves: LearningCurves;
  /** Parameters of the last evaluation that was finite, or the first: what a network that diverges later ends with. */
  readonly lastFinite: Float32Array;
  /** Set once the network has ended before the others. */
  readonly ended?: TrainingResult;
}
