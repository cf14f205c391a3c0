/** How a network is trained, as plain JSON: the part of an experiment's spec that this package reads. */

export type OptimizerSpec =
  | {readonly name: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number}
  | {readonly name: 'sgd'; readonly momentum?: number}
  | {readonly name: 'rmsprop'; readonly decay?: number; readonly epsilon?: number};

export type ScheduleSpec =
  | {readonly name: 'constant'}
  /** Half a cosine from the full rate at the first step to 0 after the last. */
  | {readonly name: 'cosine'}
  /** The rate is multiplied by `factor` at each of the fractions `at` of all steps. */
  | {readonly name: 'step'; readonly factor: number; readonly at: readonly number[]};

export interface TrainingRecipe {
  /** Optimizer steps. */
  readonly steps: number;
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  /** Steps over which the rate rises linearly from 0. Default 0. */
  readonly warmupSteps?: number;
  /** Largest Euclidean norm of a network's gradient; longer ones are scaled down to it. Default: none. */
  readonly clipNorm?: number;
  /** Factor λ of the penalty (λ/2)‖θ‖², added to the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Training examples in a step, drawn without replacement epoch by epoch (a ragged rest is left out). Default: all. */
  readonly batchSize?: number;
  /** Poison examples in a step. */
  readonly poisonPoints: number;
  /** Steps between two points of the learning curves. */
  readonly evaluateEvery: number;
  /**
   * Training examples, the first of the set, over which the statistics of batch normalisation are estimated before each
   * evaluation and at the end. Default: all.
   */
  readonly statisticsExamples?: number;
  /** A network stops at the first evaluation that meets all of this. */
  readonly target?: TrainingTarget;
}

/** When a network is trained enough. */
export interface TrainingTarget {
  /** Training accuracy at least this. */
  readonly trainAccuracy: number;
  /** Training loss at most this. Default: any. */
  readonly trainLoss?: number;
}
