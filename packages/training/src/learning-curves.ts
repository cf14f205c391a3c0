/** What is recorded while a network trains: one entry in each array for every evaluation. */
export interface LearningCurves {
  /** Optimizer steps done. */
  readonly step: number[];
  /** Mean cross-entropy on the training set, in nats, without the poison term. */
  readonly trainLoss: number[];
  /** Fraction classified correctly, 0 to 1. */
  readonly trainAccuracy: number[];
  /** Mean −log(1 − p_y) on the poison examples of the step, without the factor β. */
  readonly poisonLoss: number[];
  readonly testLoss: number[];
  readonly testAccuracy: number[];
  readonly learningRate: number[];
  /** Euclidean norm of the gradient of the poisoned loss and the weight decay, before clipping. */
  readonly gradientNorm: number[];
}

export function emptyCurves(): LearningCurves {
  return {
    step: [],
    trainLoss: [],
    trainAccuracy: [],
    poisonLoss: [],
    testLoss: [],
    testAccuracy: [],
    learningRate: [],
    gradientNorm: [],
  };
}

/** One evaluation. */
export type CurveEntry = Readonly<Record<keyof LearningCurves, number>>;

/** A copy with one evaluation appended. */
export function appendToCurves(curves: LearningCurves, entry: CurveEntry): LearningCurves {
  const names = Object.keys(curves) as (keyof LearningCurves)[];
  return Object.fromEntries(
    names.map((name) => [name, [...curves[name], entry[name]]]),
  ) as unknown as LearningCurves;
}
